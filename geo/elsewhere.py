"""Places outside the gazetteer whose names a lenient comparison could take for one of ours.

They compete with ours and win ties below a spelling on record, so that "Moscow" or "Khotan" is no match and not a
slip for Moskva or Khatlon. Neighbouring districts and provinces, capitals in the news, and known namesakes.
"""

from __future__ import annotations

__all__ = ["ELSEWHERE"]

#: Known names elsewhere. Latin spellings stand for their Cyrillic ones too.
ELSEWHERE: tuple[str, ...] = tuple(
    name.strip()
    for name in """
    Moscow, London, Beijing, Berlin, Paris, Brussels, Washington, Tehran, Islamabad, Peshawar, Delhi, Doha, Istanbul,
    Ankara, Tashkent, Samarkand, Bukhara, Termez, Bishkek, Astana, Almaty, Ashgabat, Osh, Batken, Geneva, New York,
    Khotan, Kashgar, Urumqi, Xinjiang, Chitral, Gilgit, Hunza, Lahore, Karachi, Quetta, Baku, Kyiv, Minsk, Mashhad,
    Хотан, ختن, Darwin, Khorasan, Khorramabad, Khoy, Hamadan, همدان, Bandar Abbas, Shahr-e Kord, Shiraz, Isfahan,
    Herat, Kandahar, Helmand, Nimruz, Farah, Ghor, Badghis, Faryab, Jowzjan, Sar-e Pol, Samangan, Baghlan, Bamyan,
    Parwan, Kapisa, Panjshir, Panjab, Laghman, Nangarhar, Jalalabad, Nuristan, Kunar, Logar, Wardak, Maidan Wardak,
    Ghazni, Zabul, Uruzgan, Daykundi, Paktia, Paktika, Khost, Mazar-e Sharif, Taloqan, Pul-e Khumri, Charikar,
    Lashkar Gah, Baharak,
    Farkhar, Warsaj, Rustaq, Kalafgan, Bangi, Chal, Namak Ab, Eshkamesh, Hazar Sumuch, Khash, Jurm, Yumgan,
    Kishim, Tagab, Tishkan, Argo, Warduj, Zebak, Kuran wa Munjan, Arghanj Khwa, Yaftal, Kohistan, Khan Abad, Aliabad,
    Chahar Dara, Aqtash, Gultipa, Kalbad, Shortepa, Hairatan, Sholgara, Dawlatabad, Chimtal, Marmul,
    Yovon, Khuroson, Khovaling, Baljuvon, Temurmalik, Danghara, Vose, Norak, Nurek, Vakhsh, Kushoniyon, Levakant,
    Sarband, Abdurahmoni Jomi, Tursunzoda, Shahrinav, Varzob, Roghun, Rogun, Fayzobod district, Rasht, Gharm, Nurobod,
    Tojikobod, Lakhsh, Jirgatol, Sangvor, Tavildara, Khujand, Panjakent, Istaravshan, Isfara, Konibodom, Buston,
    Guliston, Ayni, Mastchoh, Devashtich, Spitamen, Zafarobod, Shahriston, Asht, Ghafurov, Rasulov,
    """.replace("\n", " ").split(",")
    if name.strip()
)
