"""Made-up tables for a last look at ``check``, written when the rules were done; more that agrees than contradicts."""

from __future__ import annotations

from check_case import Case, make, planted

FRONTIER = Case(
    make(
        places="""
            ge | Gelan | country
            ge-1 | Upper Gelan | region | ge
            ge-2 | Lower Gelan | region | ge
            hor | Horam District | district | ge-1
            zir | Ziran District | district | ge-1
            tol | Tolun District | district | ge-2
            nau | Nauabad | settlement | hor
            sep | Sepid | settlement | hor
            kal | Qal'ai Surkh | settlement | zir
            riv | Horam River | line |
        """,
        speakers="""
            def | Ministry of defence of Gelan | government | GE
            gov | Governor of Upper Gelan | government | GE
            vil | Elders of Horam | community |
            org | Border monitor | organisation |
            anon | two security sources | unnamed |
        """,
        records="""
            MILL | attack | drone_strike | 2035-03-02 | nau; hor; riv
            FARM | attack | drone_strike | 2035-03-02 | sep; hor
            GATE | attack | armed_clash | 2035-03-15 | kal; zir
            OLD | attack | armed_attack | 2034-09-01 | tol
            MARCH | aggregate | | 2035-03-01/2035-03-31 | zir |
            BOTH | aggregate | | 2035-03-02 | | What MILL and FARM cost.
            WORDS | response | statement | 2035-03-03/2035-03-20 |
            THEN | response | statement | 2034-09-03 |
        """,
        claims="""
            F1 | dawn | MILL | killed | role: millers | 3 | civilian | | vil
            F2 | dusk | MILL | killed | role: mill workers, three of them brothers | 3 | civilian | | gov
            F3 | noon | MILL | killed | words: a number of people | | civilian | | anon
            F4 | dawn | FARM | killed | | 2 | civilian | | vil
            F5 | dusk | FARM | killed | words: up to four | 1-4 | civilian | | gov
            F6 | noon | BOTH | killed_total | | 5 | civilian | | gov
            F7 | noon | MARCH | killed_total | | 1 | civilian | | gov
            F8 | dawn | GATE | killed | | 1 | civilian | | gov
            F9 | dawn | MILL | weapon | drone with a mortar shell tied to it | | | | vil
            F10 | dusk | MILL | method | two drones came over the river at dusk | | | | gov
            F11 | noon | FARM | weapon | drone | | | | def
            F12 | dawn | GATE | method | fighters attacked the gate with rifles | | | | gov
            F13 | dusk | GATE | weapon | mortars | | | | org
            F14 | dawn | GATE | place | Qal'ai Surkh | | | kal | gov
            F15 | dusk | GATE | place | Kalai-Surkh, Ziran district | | | kal zir | org
            F16 | dawn | MILL | place | Nauabad on the Horam River | | | nau riv | vil
            F17 | dusk | MILL | place | Upper Gelan | | | ge-1 | gov
            F18 | noon | MILL | place | Sepid | | | sep | anon
            F19 | dawn | GATE | perpetrator | militants | | | | gov
            F20 | dusk | GATE | perpetrator | armed militants from across the line | | | | org
            F21 | dawn | WORDS | accusation | neighbour sent the drones | | | | def
            F22 | dawn | THEN | accusation | bandits acted alone | | | | def
            F23 | dusk | MILL | event_date | Friday, 2 March 2035 | | | | gov
            F24 | dawn | FARM | event_date | 2035-03-02, in the night | | | | vil
            F25 | noon | FARM | event_date | 3 March 2035 | | | | anon
            F26 | dawn | WORDS | response | curfew announced after the second strike | | | | gov
            F27 | dusk | WORDS | response | visit to the wounded before the funeral | | | | gov
            F28 | noon | OLD | killed | | 4 | alleged_attacker | | def
            F29 | dusk | OLD | bodies_recovered | | 4 | alleged_attacker | | org
            F30 | dusk | #line | posts | | 12
            F31 | noon | #line | posts | words: a dozen | 12
        """,
    ),
    planted("""
        means F12 F13
        place F16 F18
        spelling F14 F15
    """),
    planted("""
        date F24 F25
        place F14 F15
    """),
)

HARBOUR = Case(
    make(
        places="""
            su | Sudera | country
            su-n | North Sudera | region | su
            bay | Bay District | district | su-n
            cap | Cape District | district | su-n
            ras | Ras Amun | settlement | bay
        """,
        speakers="""
            int | Interior ministry | government | SU
            mar | Port authority | company | SU
            emb | Embassy of Orland in Sudera | government | OR
            osa | Seafarers' aid | organisation |
        """,
        published="morning | 2036-07-10",
        records="""
            SHIP | attack | armed_attack drone_strike | 2036-07-04 | ras; bay
            LIGHT | attack | armed_attack | 2036-07-06 | cap
            YEAR | aggregate | | 2036-01-01/2036-07-31 |
            SWEEP | !measure | house_searches | 2036-07-08 | bay
            REP | response | condemnation | 2036-07-05/2036-07-09 |
        """,
        claims="""
            H1 | morning | SHIP | killed | nationality: Orlandish; role: sailors | 2 | civilian | | emb
            H2 | evening | SHIP | killed | nationality: Orlandish, Suderan; role: crew | 2 | civilian | | mar
            H3 | evening | SHIP | killed | nationality: Suderan; role: sailors | 5 | civilian | | osa
            H4 | morning | SHIP | injured | severity: light | 7 | civilian | | mar
            H5 | evening | SHIP | injured | severity: light | 7+ | civilian | | int
            H6 | morning | SHIP | method | struck by an unmanned boat or by a missile, nobody saw it | | | | mar
            H7 | evening | SHIP | method | masked men boarded from skiffs and shot the watch | | | | int
            H8 | morning | LIGHT | sequence | keeper was beaten and the lamp was smashed with hammers | | | | int
            H9 | evening | SHIP | sequence | the keeper beaten, the lamp smashed with hammers | | | | int
            H10 | morning | YEAR | killed_total | | 9 | civilian | | int
            H11 | evening | LIGHT | killed | | 0 | civilian | | int
            H12 | morning | SHIP | sequence | third attack on shipping in a week | | | | mar
            H13 | morning | SHIP | event_date | 2036-07-04 | | | | mar
            H14 | morning | LIGHT | event_date | 2036-07-16 | | | | int
            H15 | morning | SHIP | target | tanker of Bahri Shipping | | | | mar
            H16 | evening | SHIP | target | tanker of Behri Shipping | | | | int
            H17 | evening | SWEEP | policy | men taken from the hostel at Pier Street 14 | | | | int
            H18 | morning | SWEEP | policy | men without papers were taken away | | | | int
            H19 | morning | REP | response | protest note handed over on Saturday | | | | emb
            H20 | evening | REP | response | protest note handed over on Monday | | | | emb
            H21 | morning | #port | ships_a_day | | 40
            H22 | evening | #port | ships_a_day | words: between 35 and 45 | 35-45
        """,
    ),
    planted("""
        numbers H1 H3
        label H1 H3
        means H6 H7
        statement H8 H9
        after-report H14
        spelling H15 H16
        address H17
        sequence H19 H20
        total H10 H1
    """),
)

CASES = {"frontier": FRONTIER, "harbour": HARBOUR}
