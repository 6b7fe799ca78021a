"""More made-up tables to measure ``check`` on, written after the rules and before they ran on them.

The wording is meant to be unlike that of the first ones; some contradictions are of a kind that no rule may find.
"""

from __future__ import annotations

from check_case import Case, make, planted

COAST = Case(
    make(
        places="""
            ve | Velia | country
            ve-1 | Coastal Province | region | ve
            ve-2 | Inland Province | region | ve
            por | Porto Cale District | district | ve-1
            sal | Salinas District | district | ve-1
            mir | Mirador District | district | ve-2
            cal | Calera | settlement | por
            cel | Celera | settlement | mir
            pla | Playa Honda | settlement | sal
        """,
        speakers="""
            nav | Navy of Velia | government | VE
            int | Interior ministry of Velia | government | VE
            hos | Regional hospital | organisation |
            uni | Dockers union | organisation |
            neu | Neighbouring state's embassy | government | NE
        """,
        published="""
            tribune | 2032-08-04
            diario | 2032-08-20
        """,
        records="""
            QUAY | attack | armed_attack | 2032-08-01 | pla; sal
            BUS | attack | armed_attack | 2032-08-02 | cal; por
            TOWER | attack | shelling | 2032-08-12 | sal
            REACT | response | statement | 2032-08-02/2032-08-20 |
            WEEK | aggregate | | 2032-08-01/2032-08-03 | | The toll of QUAY and BUS.
        """,
        claims="""
            A1 | tribune | QUAY | killed | nationality: Velian; role: dockers | 11 | civilian | | uni
            A2 | diario | QUAY | killed | nationality: Velian; role: dock workers | 8-10 | civilian | | hos
            A3 | tribune | QUAY | method | a boat bomb steered from the shore went off at the quay | | | | nav
            A4 | diario | QUAY | method | snipers fired from the roofs | | | | uni
            A5 | tribune | QUAY | event_date | 2032-08-01, shortly before midnight | | | | nav
            A6 | diario | QUAY | event_date | 2032-08-02 | | | | uni
            A7 | tribune | BUS | killed | | 3 | civilian | | int
            A8 | tribune | BUS | killed | role: police officers | 1 | state_force | | int
            A9 | diario | BUS | place | Calera | | | cal | int
            A10 | tribune | BUS | place | Celera, Mirador district | | | cel mir | uni
            A11 | diario | WEEK | killed_total | | 20 | civilian | | int
            A12 | tribune | REACT | accusation | the neighbour harbours the gunmen | | | | int
            A13 | diario | REACT | accusation | no state stands behind the gunmen | | | | nav
            A14 | diario | REACT | responsibility | had no knowledge of the attack | | | | neu
            A15 | tribune | TOWER | weapon | four rockets | | | | nav
            A16 | diario | TOWER | weapon | howitzer shells | | | | int
            A17 | tribune | TOWER | event_date | 2032-08-12 | | | | nav
            A18 | diario | BUS | perpetrator | Red Tide | | | | int
            A19 | tribune | BUS | perpetrator | men of the Red Tide movement | | | | uni
            A20 | diario | QUAY | target | terminal of Oceanica Lines | | | | nav
            A21 | tribune | QUAY | target | terminal of Okeanika Lines | | | | uni
        """,
    ),
    planted("""
        numbers A1 A2
        means A3 A4
        place A9 A10
        sum A11 A7
        position A12 A13
        after-report A17
        spelling A20 A21
    """),
    planted("""
        date A5 A6
        label A15 A16
    """),
)

STEPPE = Case(
    make(
        places="""
            zh | Zhanar | country
            zh-n | Northern Oblast | region | zh
            ak | Aksu District | district | zh-n
            ko | Koksu District | district | zh-n
            ayr | Ayrtau | settlement | ak
            bor | Borli | settlement | ko
        """,
        speakers="""
            kom | Security committee of Zhanar | government | ZH
            akm | Akimat of Aksu | government | ZH
            fed | Federal staff | government | RO
        """,
        published="steppe-news | 2028-11-30",
        records="""
            RAIL | attack | drone_strike armed_incursion | 2028-11-03 | ayr; ak
            SILO | attack | drone_strike | 2028-11-17 | bor; ko
            YEAR | aggregate | | 2028-01-01/2028-12-31 |
            COUNCIL | response | emergency_meeting | 2028-11-04/2028-11-20 |
            HUNT | state_operation | counter_operation | 2028-11-05 | ak
        """,
        claims="""
            B1 | steppe-news | RAIL | method | saboteurs on foot laid charges under the bridge | | | | kom
            B2 | kurier | RAIL | weapon | kamikaze drone | | | | fed
            B3 | steppe-news | RAIL | injured | severity: serious | 2 | civilian | | akm
            B4 | kurier | RAIL | injured | words: a handful | | civilian | | fed
            B5 | radio | RAIL | injured | | 5+ | civilian | | kom
            B6 | steppe-news | SILO | event_date | Friday, 17 November 2028 | | | | akm
            B7 | kurier | SILO | event_date | 18 November 2028, a Saturday | | | | fed
            B8 | radio | SILO | event_date | a Tuesday
            B9 | steppe-news | YEAR | encounters | | 14 | | | kom
            B10 | kurier | YEAR | encounters | | 9 | | | fed
            B11 | steppe-news | YEAR | killed_total | words: more than thirty | 31+ | not_described | | kom
            B12 | steppe-news | SILO | killed | | 2 | civilian | | akm
            B13 | steppe-news | COUNCIL | response | council met following the first strike | | | | kom
            B14 | kurier | COUNCIL | response | council met only after the second strike, on a Sunday | | | | fed
            B15 | steppe-news | HUNT | killed | | 4 | alleged_attacker | | kom
            B16 | kurier | HUNT | killed | | 4 | alleged_smuggler | | fed
            B17 | steppe-news | HUNT | bodies_recovered | | 4 | alleged_attacker | | kom
            B18 | steppe-news | SILO | sequence | third strike in two weeks | | | | kom
            B19 | steppe-news | RAIL | event_date | 2028-11-03 | | | | kom
            B20 | radio | RAIL | sequence | the train was stopped, then drones came down on it | | | | kom
            B21 | radio | #aid | support_since | supplied with drones since 2026 | | | | fed
            B22 | kurier | #aid | support_since | no supplies of any kind before 2028 | | | | kom
            B23 | kurier | SILO | target | elevator at Borli, Koksu | | | | fed
            B24 | radio | SILO | target | elevator near Barli | | | | akm
        """,
    ),
    planted("""
        means B1 B2
        numbers B3 B5
        date B6 B7
        background B9 B10
        sequence B13 B14
        weekday B8
        spelling B23 B24
        tension B21 B22
        total B11 B12
    """),
    planted("label B15 B16"),
)

ISLES = Case(
    make(
        places="""
            ta | Tamor | country
            ta-e | Eastern Isles | region | ta
            ta-w | Western Isles | region | ta
            luk | Luka District | district | ta-e
            rin | Rinda District | district | ta-w
            bat | Batu | settlement | luk
            sem | Sembar | settlement | luk
        """,
        speakers="""
            reg | Regent of Luka | government | TA
            arm | Island command | government | TA
            chu | Council of churches | organisation |
            lib | Liberation movement | armed group |
        """,
        reprints="island-times | archipelago",
        records="""
            MARKET | attack | armed_attack | 2034-05-05 | bat; luk
            CLINIC | attack | armed_attack | 2034-05-05 | sem; luk
            PATROL | attack | armed_clash | 2034-06-01 | rin
            ORDER | !measure | deportation | 2034-05-10 | luk
            REPLY | response | statement | 2034-05-06/2034-06-10 |
        """,
        claims="""
            I1 | archipelago | MARKET | killed | nationality: Tamorese; role: traders | 6 | civilian | | chu
            I2 | island-times | MARKET | killed | nationality: Tamorese; role: traders | 6 | civilian | | chu
            I3 | beacon | MARKET | killed | nationality: Tamorese; role: rebels | 6 | alleged_attacker | | arm
            I4 | beacon | CLINIC | killed | nationality: Filipino; role: nurse | 1 | civilian | | chu
            I5 | archipelago | CLINIC | killed | nationality: Malaysian; role: nurse | 1 | civilian | | reg
            I6 | archipelago | MARKET | method | no drone was used, men with machetes came at dawn | | | | chu
            I7 | beacon | MARKET | method | attackers came with machetes and hunting guns | | | | arm
            I8 | beacon | PATROL | sequence | troops handing out food were fired upon from a tower | | | | arm
            I9 | archipelago | CLINIC | sequence | troops handing out food were fired upon from a tower | | | | arm
            I10 | beacon | REPLY | responsibility | takes credit for the clinic | | | | lib
            I11 | archipelago | REPLY | responsibility | never touched the clinic | | | | lib | denied
            I12 | beacon | PATROL | injured | | 2 | state_force | | arm
            I13 | archipelago | PATROL | injured | words: two or three | 2-3 | state_force | | chu
            I14 | beacon | PATROL | killed | | 0 | state_force | | arm
            I15 | archipelago | PATROL | killed | | 3 | state_force | | lib
            I16 | beacon | ORDER | policy | families of the second lane behind the dormitory must leave | | | | reg
            I17 | beacon | MARKET | place | Batu market | | | bat | arm
            I18 | archipelago | MARKET | place | Luka island | | | luk | chu
            I19 | archipelago | PATROL | perpetrator | Liberation movement | | | | arm
            I20 | beacon | PATROL | perpetrator | Liberation Movement fighters | | | | reg
            I21 | archipelago | REPLY | response | meeting on Monday with the churches | | | | reg
            I22 | beacon | REPLY | response | letter to the regent sent on Thursday | | | | chu
        """,
    ),
    planted("""
        label I4 I5
        statement I8 I9
        position I10 I11
        numbers I14 I15
        address I16
    """),
    planted("place I17 I18"),
)

CASES = {"coast": COAST, "steppe": STEPPE, "isles": ISLES}
