"""Date phrases: a table of what people say, and properties over anything they might type."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_tui.errors import PhraseError
from followup_tui.language.dates import When, parse_when

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = dt.datetime(2026, 11, 24, 9, 12, 30, tzinfo=BERLIN)
SATURDAY = dt.datetime(2026, 11, 28, 20, 0, tzinfo=BERLIN)
END_OF_JANUARY = dt.datetime(2027, 1, 31, 12, 0, tzinfo=BERLIN)
CHRISTMAS_EVE = dt.datetime(2026, 12, 24, 8, 0, tzinfo=BERLIN)


def expected(text: str) -> When:
    """Return a When from "2026-11-24" or "2026-11-24 15:00"."""
    day, _, clock = text.partition(" ")
    return When(dt.date.fromisoformat(day), dt.time.fromisoformat(clock) if clock else None)


FORWARD = """
2026-11-24                        2026-11-24
2026-01-02                        2026-01-02
1999-12-31                        1999-12-31
2026-11-24 15:00                  2026-11-24 15:00
2026-11-24T15:00                  2026-11-24 15:00
2026-11-24t15:00                  2026-11-24 15:00
2026-11-24T15:00:05               2026-11-24 15:00:05
2026-11-24T15:00:05.25            2026-11-24 15:00:05.250000
2026-11-23T10:00:00+01:00         2026-11-23 10:00
2026-11-23T10:00:00Z              2026-11-23 11:00
2026-11-23T10:00z                 2026-11-23 11:00
2026-11-23T23:30Z                 2026-11-24 00:30
2026-07-01T10:00Z                 2026-07-01 12:00
2026-11-23T10:00-0500             2026-11-23 16:00
2026-11-23 10:00 +01:00           2026-11-23 10:00
2026-11-24 3pm                    2026-11-24 15:00
2026-11-24 at 3pm                 2026-11-24 15:00
3pm 2026-11-24                    2026-11-24 15:00
2026-11-24, 15:00                 2026-11-24 15:00
today                             2026-11-24
Today                             2026-11-24
heute                             2026-11-24
hoy                               2026-11-24
aujourd'hui                       2026-11-24
today 8am                         2026-11-24 08:00
tomorrow                          2026-11-25
morgen                            2026-11-25
mañana                            2026-11-25
demain                            2026-11-25
tomorrow 9.30                     2026-11-25 09:30
tomorrow at 9:30                  2026-11-25 09:30
tomorrow 10.11                    2026-11-25 10:11
tomorrow, 3pm                     2026-11-25 15:00
3pm tomorrow                      2026-11-25 15:00
yesterday                         2026-11-23
gestern                           2026-11-23
now                               2026-11-24 09:12:30
jetzt                             2026-11-24 09:12:30
mon                               2026-11-30
monday                            2026-11-30
MONDAY                            2026-11-30
Montag                            2026-11-30
lundi                             2026-11-30
lunes                             2026-11-30
tue                               2026-12-01
tues                              2026-12-01
Tue.                              2026-12-01
dienstag                          2026-12-01
di                                2026-12-01
mardi                             2026-12-01
martes                            2026-12-01
wed                               2026-11-25
weds                              2026-11-25
wednesday                         2026-11-25
mittwoch                          2026-11-25
mercredi                          2026-11-25
miércoles                         2026-11-25
Mi                                2026-11-25
thu                               2026-11-26
thur                              2026-11-26
thurs                             2026-11-26
thursday                          2026-11-26
donnerstag                        2026-11-26
do                                2026-11-26
jeudi                             2026-11-26
jueves                            2026-11-26
fri                               2026-11-27
freitag                           2026-11-27
vendredi                          2026-11-27
viernes                           2026-11-27
sat                               2026-11-28
samstag                           2026-11-28
sábado                            2026-11-28
samedi                            2026-11-28
sun                               2026-11-29
sonntag                           2026-11-29
dimanche                          2026-11-29
domingo                           2026-11-29
on friday                         2026-11-27
am Freitag um 15 Uhr              2026-11-27 15:00
tue 3pm                           2026-12-01 15:00
tue 9am                           2026-12-01 09:00
tue at noon                       2026-12-01 12:00
3pm tue                           2026-12-01 15:00
at 3pm on tue                     2026-12-01 15:00
tue 13.30                         2026-12-01 13:30
fri 00:00                         2026-11-27 00:00
fri 12am                          2026-11-27 00:00
next tue                          2026-12-01
next mon                          2026-11-30
next fri                          2026-12-04
next sunday                       2026-12-06
next friday 15h                   2026-12-04 15:00
this fri                          2026-11-27
this tue                          2026-11-24
this mon                          2026-11-23
last mon                          2026-11-23
last tue                          2026-11-17
last fri                          2026-11-20
3pm                               2026-11-24 15:00
3 pm                              2026-11-24 15:00
3p.m.                             2026-11-24 15:00
3:30pm                            2026-11-24 15:30
3.30pm                            2026-11-24 15:30
15:00                             2026-11-24 15:00
15:00:30                          2026-11-24 15:00:30
15h                               2026-11-24 15:00
15h30                             2026-11-24 15:30
15 uhr                            2026-11-24 15:00
9.30                              2026-11-24 09:30
at 10.11                          2026-11-24 10:11
at 9h                             2026-11-25 09:00
9:12                              2026-11-25 09:12
9:13                              2026-11-24 09:13
8am                               2026-11-25 08:00
noon                              2026-11-24 12:00
mittag                            2026-11-24 12:00
midnight                          2026-11-25 00:00
12pm                              2026-11-24 12:00
12am                              2026-11-25 00:00
12:30am                           2026-11-25 00:30
at 3pm                            2026-11-24 15:00
um 15:00 uhr                      2026-11-24 15:00
+3d                               2026-11-27
+ 3 days                          2026-11-27
+0d                               2026-11-24
-3d                               2026-11-21
−3d                               2026-11-21
+2w                               2026-12-08
+1m                               2026-12-24
+1y                               2027-11-24
-1y                               2025-11-24
+90min                            2026-11-24 10:42
+2h                               2026-11-24 11:12
-2h                               2026-11-24 07:12
+20h                              2026-11-25 05:12
+3bd                              2026-11-27
+4wd                              2026-11-30
-2wd                              2026-11-20
+3d 3pm                           2026-11-27 15:00
in 3 days                         2026-11-27
in 3 days at 9:00                 2026-11-27 09:00
in a day                          2026-11-25
in two weeks                      2026-12-08
in a week                         2026-12-01
in twelve months                  2027-11-24
in 2h                             2026-11-24 11:12
in 15 minutes                     2026-11-24 09:27
in an hour                        2026-11-24 10:12
in 3 business days                2026-11-27
in 4 working days                 2026-11-30
in 1 workday                      2026-11-25
3 days from now                   2026-11-27
a week from today                 2026-12-01
2h from now                       2026-11-24 11:12
3 days ago                        2026-11-21
2 weeks ago                       2026-11-10
2w ago                            2026-11-10
a month ago                       2026-10-24
an hour ago                       2026-11-24 08:12
2h ago                            2026-11-24 07:12
90 min ago                        2026-11-24 07:42
3 business days ago               2026-11-19
day after tomorrow                2026-11-26
the day after tomorrow            2026-11-26
the day after tomorrow 3pm        2026-11-26 15:00
übermorgen                        2026-11-26
day before yesterday              2026-11-22
vorgestern                        2026-11-22
eow                               2026-11-27
end of week                       2026-11-27
eom                               2026-11-30
end of the month                  2026-11-30
eoq                               2026-12-31
end of quarter                    2026-12-31
eoy                               2026-12-31
end of the year                   2026-12-31
eow 3pm                           2026-11-27 15:00
next week                         2026-11-30
next month                        2026-12-01
next year                         2027-01-01
tue next week                     2026-12-01
monday of next week               2026-11-30
first monday of january           2027-01-04
first monday in january           2027-01-04
1st monday of january             2027-01-04
first monday of november          2027-11-01
first monday of january 3pm       2027-01-04 15:00
last friday of the month          2026-11-27
last friday of this month         2026-11-27
last friday of next month         2026-12-25
last day of february              2027-02-28
last day of the month             2026-11-30
first day of march 2028           2028-03-01
third thursday in march 2027      2027-03-18
fifth monday of the month         2026-11-30
fifth monday of march 2027        2027-03-29
24.12.                            2026-12-24
24.12                             2026-12-24
24. 12.                           2026-12-24
24.12. 9:00                       2026-12-24 09:00
24.12 9:00                        2026-12-24 09:00
24.12. 9.05                       2026-12-24 09:05
24.12.2026                        2026-12-24
24. 12. 2026                      2026-12-24
24.12.26                          2026-12-24
24.12.2026 9:00                   2026-12-24 09:00
5.1.                              2027-01-05
24.11.                            2026-11-24
24.11. 15:00                      2026-11-24 15:00
nov 24                            2026-11-24
29.2.                             2028-02-29
3/4                               2027-04-03
24/12                             2026-12-24
3/4/2027                          2027-04-03
3/4/27 15:00                      2027-04-03 15:00
dec 24                            2026-12-24
Dec. 24                           2026-12-24
dec 24 9:00                       2026-12-24 09:00
dec 24th                          2026-12-24
december 24th, 2026               2026-12-24
24 dec                            2026-12-24
24 dec 2026                       2026-12-24
24 dec 3pm                        2026-12-24 15:00
24th of december                  2026-12-24
the 24th of december 2027         2027-12-24
24. Dezember                      2026-12-24
24. März                          2027-03-24
24 décembre                       2026-12-24
24 de diciembre                   2026-12-24
1 août 2027                       2027-08-01
2 mar                             2027-03-02
may 5                             2027-05-05
29 feb                            2028-02-29
the 24th                          2026-12-24
the 30th                          2026-11-30
on the 31st                       2026-12-31
Tue 24 Nov                        2026-11-24
Tue 1 Dec                         2026-12-01
Tuesday, 1 December 2026          2026-12-01
tue 1 dec 9:00                    2026-12-01 09:00
Thu 24.12.                        2026-12-24
Thu 2026-12-24                    2026-12-24
"""

SPOKEN = """
3d                                2026-11-27
2w                                2026-12-08
2 weeks                           2026-12-08
two weeks 3pm                     2026-12-08 15:00
a month                           2026-12-24
3 business days                   2026-11-27
90 min                            2026-11-24 10:42
2 hours                           2026-11-24 11:12
half an hour                      2026-11-24 09:42
in half an hour                   2026-11-24 09:42
half an hour ago                  2026-11-24 08:42
in an hour and a half             2026-11-24 10:42
in 1.5 hours                      2026-11-24 10:42
in 1h30                           2026-11-24 10:42
+1h30m                            2026-11-24 10:42
in forty-five minutes             2026-11-24 09:57
in twenty days                    2026-12-14
in a couple of days               2026-11-26
in two days' time                 2026-11-26
six weeks hence                   2027-01-05
in a fortnight                    2026-12-08
a fortnight ago                   2026-11-10
week after next                   2026-12-07
the month after next              2027-01-01
tue after next                    2026-12-08
the weekend                       2026-11-28
this weekend                      2026-11-28
next weekend                      2026-12-05
coming friday                     2026-11-27
this coming monday                2026-11-30
next business day                 2026-11-25
the next working day              2026-11-25
next quarter                      2027-01-01
end of next week                  2026-12-04
end of next month                 2026-12-31
end of this month                 2026-11-30
end of next quarter               2027-03-31
start of next month               2026-12-01
beginning of next week            2026-11-30
middle of next week               2026-12-02
mid march                         2027-03-15
mid-march                         2027-03-15
mid november                      2027-11-15
mid of next quarter               2027-02-15
mid of next year                  2027-07-01
end of march                      2027-03-31
end of march 2028                 2028-03-31
start of january                  2027-01-01
end of november                   2026-11-30
end of q1                         2027-03-31
start of q3 2027                  2027-07-01
in january                        2027-01-01
in march 2028                     2028-03-01
january 2027                      2027-01-01
next november                     2027-11-01
q1 2027                           2027-01-01
the 15th of next month            2026-12-15
15th of the month                 2026-12-15
15th of this month                2026-11-15
first of the month                2026-12-01
first of january                  2027-01-01
last of the month                 2026-11-30
first monday of the month         2026-12-07
last working day of the month     2026-11-30
first business day of next month  2026-12-01
first working day of may 2027     2027-05-03
a week from monday                2026-12-07
a week from tomorrow              2026-12-02
2 days before eom                 2026-11-28
3 working days after 24.12.       2026-12-29
monday week                       2026-12-07
tomorrow week                     2026-12-02
a week on monday                  2026-12-07
24-12-2026                        2026-12-24
24-Dec-2026                       2026-12-24
24-Dec                            2026-12-24
2026/12/24                        2026-12-24
2026.12.24                        2026-12-24
20261224                          2026-12-24
Thu 20261224                      2026-12-24
by friday                         2026-11-27
tmr                               2026-11-25
tomorrow @ 3pm                    2026-11-25 15:00
12 noon                           2026-11-24 12:00
3p                                2026-11-24 15:00
tomorrow 9a                       2026-11-25 09:00
15 o'clock                        2026-11-24 15:00
in 3 Tagen                        2026-11-27
in einer Woche                    2026-12-01
vor zwei Wochen                   2026-11-10
letzten Montag                    2026-11-23
letzten Freitag um 15 Uhr         2026-11-20 15:00
vorigen Freitag                   2026-11-20
diesen Freitag                    2026-11-27
dieses Wochenende                 2026-11-28
letzter Freitag im Monat          2026-11-27
letzter Tag im Februar            2027-02-28
erster Montag im Januar           2027-01-04
ersten Montag im Januar 2028      2028-01-03
zweiter Dienstag im März          2027-03-09
fünfter Freitag im Januar         2027-01-29
erster des Monats                 2026-12-01
im Januar                         2027-01-01
im Januar 2028                    2028-01-01
im q1                             2027-01-01
im nächsten Monat                 2026-12-01
am 24.                            2026-12-24
am 3. 9:00                        2026-12-03 09:00
am 24. Dezember                   2026-12-24
Monatsende                        2026-11-30
Quartalsende                      2026-12-31
Jahresende                        2026-12-31
KW 50                             2026-12-07
kw50 9:00                         2026-12-07 09:00
in kw 3                           2027-01-18
kw 49 2026                        2026-11-30
kw 53                             2026-12-28
calendar week 1                   2027-01-04
nächste Woche                     2026-11-30
nächsten Dienstag                 2026-12-01
kommenden Freitag                 2026-11-27
übernächste Woche                 2026-12-07
Ende des Monats                   2026-11-30
Anfang Januar                     2027-01-01
Mitte März                        2027-03-15
in fünf Werktagen                 2026-12-01
dans 3 jours                      2026-11-27
il y a deux semaines              2026-11-10
lundi prochain                    2026-11-30
la semaine prochaine              2026-11-30
après-demain                      2026-11-26
hier                              2026-11-23
fin du mois                       2026-11-30
le 24 décembre                    2026-12-24
en dos semanas                    2026-12-08
hace 3 días                       2026-11-21
el próximo lunes                  2026-11-30
pasado mañana                     2026-11-26
fin de semana                     2026-11-28
"""

BACKWARD = """
3d                                2026-11-21
2 hours                           2026-11-24 07:12
half an hour                      2026-11-24 08:42
the weekend                       2026-11-21
in november                       2026-11-01
mid november                      2026-11-15
end of october                    2026-10-31
first of the month                2026-11-01
last working day of the month     2026-10-30
tue                               2026-11-24
tue 9am                           2026-11-24 09:00
tue 3pm                           2026-11-17 15:00
mon                               2026-11-23
wed                               2026-11-18
3pm                               2026-11-23 15:00
9:12                              2026-11-24 09:12
9:13                              2026-11-23 09:13
midnight                          2026-11-24 00:00
24.12.                            2025-12-24
24.11.                            2026-11-24
24.11. 9:00                       2026-11-24 09:00
24.11. 9:30                       2025-11-24 09:30
dec 24                            2025-12-24
3/4                               2026-04-03
29 feb                            2024-02-29
the 24th                          2026-11-24
the 25th                          2026-10-25
the 31st                          2026-10-31
kw 48                             2026-11-23
kw 53                             2020-12-28
first monday of january           2026-01-05
first monday of december          2025-12-01
Tue 24 Nov                        2026-11-24
Mon 23 Nov                        2026-11-23
last mon                          2026-11-23
2 weeks ago                       2026-11-10
yesterday 3pm                     2026-11-23 15:00
today 8:00                        2026-11-24 08:00
2026-11-23T10:00Z                 2026-11-23 11:00
"""

MONTH_FIRST = """
3/4                               2027-03-04
12/24                             2026-12-24
12-24-2026                        2026-12-24
12/24/2026 9am                    2026-12-24 09:00
24.12.                            2026-12-24
"""

ON_SATURDAY = """
the weekend                       2026-12-05
this weekend                      2026-11-28
next business day                 2026-11-30
monday week                       2026-12-07
sat                               2026-12-05
next sat                          2026-12-05
this sat                          2026-11-28
sun                               2026-11-29
next sun                          2026-12-06
eow                               2026-11-27
in 1 business day                 2026-11-30
1 business day ago                2026-11-27
9pm                               2026-11-28 21:00
8pm                               2026-11-29 20:00
+5h                               2026-11-29 01:00
"""

ON_31_JANUARY = """
+1m                               2027-02-28
+2m                               2027-03-31
-2m                               2026-11-30
+13m                              2028-02-29
in a month                        2027-02-28
next month                        2027-02-01
the 30th                          2027-03-30
eom                               2027-01-31
eoq                               2027-03-31
31.1.                             2027-01-31
last sunday of the month          2027-01-31
"""


def rows(table: str, now: dt.datetime, **how: object) -> list[tuple[str, dt.datetime, dict[str, object], When]]:
    """Return test rows from a table of phrase and result, two or more spaces apart."""
    found = []
    for line in table.strip().splitlines():
        phrase, _, result = line.partition("  ")
        found.append((phrase, now, how, expected(result.strip())))
    return found


TABLE = [
    *rows(FORWARD, TUESDAY),
    *rows(SPOKEN, TUESDAY),
    *rows(BACKWARD, TUESDAY, future=False),
    *rows(MONTH_FIRST, TUESDAY, order="mdy"),
    *rows(ON_SATURDAY, SATURDAY),
    *rows(ON_31_JANUARY, END_OF_JANUARY),
]


@pytest.mark.parametrize(("phrase", "now", "how", "meant"), TABLE, ids=[f"{row[0]} {row[2]}" for row in TABLE])
def test_a_phrase_means_one_day(phrase: str, now: dt.datetime, how: dict[str, object], meant: When) -> None:
    """What people say resolves to exactly the day, and time, they mean at that moment."""
    assert parse_when(phrase, now=now, **how) == meant


def test_the_table_is_long_enough() -> None:
    """Two hundred phrases or more are pinned, so that the grammar can be changed without fear."""
    assert len(TABLE) >= 200


REFUSED = [
    ("", 1),
    ("   ", 1),
    ("soon", 1),
    ("this week", 6),
    ("last month", 6),
    ("in a few days", 6),
    ("early march", 1),
    ("january", 8),
    ("fin de semaine", 1),
    ("3 o'clock", 1),
    ("half past 3", 1),
    ("3 hours after tomorrow", 1),
    ("2 weeks ago on monday", 16),
    ("tonight", 1),
    ("eod", 1),
    ("monday morning", 8),
    ("montag morgen", 8),
    ("tomorrow 9", 10),
    ("tomorrow at 9", 10),
    ("9", 1),
    ("2026", 1),
    ("2h", 1),
    ("9h", 1),
    ("10.11", 1),
    ("tue 10.11", 5),
    ("tomorrow midnight", 10),
    ("30 feb", 1),
    ("30.2.", 1),
    ("29.2.2027", 1),
    ("31 june", 1),
    ("0.1.", 1),
    ("12/24", 1),
    ("2026-02-30", 1),
    ("2026-11-24T25:00", 1),
    ("25:00", 1),
    ("24:00", 1),
    ("9:60", 1),
    ("13pm", 1),
    ("0am", 1),
    ("tomorrow 25:00", 10),
    ("tomorrow junk", 10),
    ("junk tomorrow", 1),
    ("tomorrow tomorrow", 10),
    ("tue wed", 5),
    ("tue tomorrow", 5),
    ("3pm 4pm", 5),
    ("tomorrow at", 12),
    ("in", 3),
    ("in 3", 5),
    ("+3", 3),
    ("+", 2),
    ("next", 5),
    ("next next tue", 6),
    ("in 5 m", 6),
    ("dec", 4),
    ("mar", 4),
    ("now 3pm", 1),
    ("in 2h tomorrow", 7),
    ("+2h 3pm", 1),
    ("fifth monday of february 2027", 1),
    ("Mon 24 Nov 2026", 1),
    ("32nd", 1),
    ("+9999999d", 1),
    ("+99999999999999999999d", 1),
    ("+9999y", 1),
    ("+999999bd", 1),
    ("0001-01-01T00:00+14:00", 1),
    ("½ day ago", 1),
    ("٣ days ago", 1),
    ("x" * 500, 1),
    ("tomorrow \x1b[31m", 10),
]


@pytest.mark.parametrize(("phrase", "column"), REFUSED)
@pytest.mark.parametrize("future", [True, False])
def test_unknown_and_ambiguous_are_refused(phrase: str, column: int, future: bool) -> None:
    """What isn't a date, or could be two, is refused with its column and an example of what works, in one line."""
    with pytest.raises(PhraseError) as refused:
        parse_when(phrase, now=TUESDAY, future=future)
    assert refused.value.column == column
    assert refused.value.hint
    assert refused.value.title.isprintable()
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("phrase", ["in november", "in q4", "im november", "kw 48"])
def test_a_month_that_has_begun_is_asked_about(phrase: str) -> None:
    """In november, said in November, may be now or in a year; so is a week that runs."""
    with pytest.raises(PhraseError, match="has begun already"):
        parse_when(phrase, now=TUESDAY)


@pytest.mark.parametrize(("typed", "asked"), [("tomorow 3pm", "tomorrow"), ("next wendesday", "wednesday")])
def test_a_slip_is_asked_about(typed: str, asked: str) -> None:
    """A word that is nearly one is named with the one it may be, and never taken for it."""
    with pytest.raises(PhraseError, match=f"did you mean {asked}"):
        parse_when(typed, now=TUESDAY)


def test_a_bare_hour_gets_the_right_hint() -> None:
    """A small number is refused with the two ways to make it a time."""
    with pytest.raises(PhraseError, match="9am or 9:00"):
        parse_when("tomorrow 9", now=TUESDAY)


def test_business_days_follow_the_given_calendar() -> None:
    """Working days are the caller's: holidays and a four-day week are respected, and never working ends in an error."""
    holiday = dt.date(2026, 11, 25)
    assert parse_when(
        "in 1 business day", now=TUESDAY, is_working=lambda day: day.weekday() < 5 and day != holiday
    ) == When(dt.date(2026, 11, 26))
    with pytest.raises(PhraseError, match="No working day"):
        parse_when("in 1 business day", now=TUESDAY, is_working=lambda day: False)


def test_hours_are_elapsed_time_over_a_clock_change() -> None:
    """Two hours after half past one in the night of the spring change is half past four on the clock."""
    night = dt.datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN)
    assert parse_when("+2h", now=night) == expected("2027-03-28 04:30")
    assert parse_when("+1d 1:30", now=night) == expected("2027-03-29 01:30")


def test_iso_text_does_not_load_the_grammar() -> None:
    """A command with an ISO date pays nothing for the grammar of phrases."""
    code = (
        "import sys, datetime as dt; from followup_tui.language.dates import parse_when;"
        "parse_when('2026-11-24T10:00Z', now=dt.datetime.now(dt.UTC)); sys.exit('lark' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


VOCABULARY = """
next last this the of in on at a two 3 9 15 24 24th 2026 days weeks month mon tue dec mar feb 3pm 9:00 9.30 10.11 24.12.
1h30 q1 mid end start half hour weekend fortnight business prochain by hyphen-march
3/4 +3d -2h ago from now today tomorrow first fifth day after before eow noon midnight , . 2026-11-24
"""
WORDS = st.sampled_from(VOCABULARY.split())
PHRASES = st.one_of(
    st.text(), st.lists(WORDS, max_size=6).map(" ".join), st.text("0123456789.:/+-dwmhy ptae", max_size=12)
)
MOMENTS = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1), timezones=st.just(BERLIN))


@settings(max_examples=400, deadline=None)
@given(PHRASES, MOMENTS, st.sampled_from(["dmy", "mdy"]), st.booleans())
def test_any_text_is_a_date_or_a_clear_refusal(text: str, now: dt.datetime, order: str, future: bool) -> None:
    """Whatever is typed gives a When or a PhraseError whose column lies in the text: no traceback, no third thing."""
    answer: When | PhraseError
    try:
        answer = parse_when(text, now=now, order=order, future=future)
    except PhraseError as refused:
        answer = refused
    match answer:
        case PhraseError():
            assert 1 <= answer.column <= len(text) + 1
            assert answer.hint
        case _:
            assert isinstance(answer, When)


@settings(deadline=None)
@given(MOMENTS, MOMENTS, st.sampled_from(["dmy", "mdy"]), st.booleans())
def test_iso_comes_back_unchanged(moment: dt.datetime, now: dt.datetime, order: str, future: bool) -> None:
    """An ISO date, an ISO time and an ISO instant with its offset all mean exactly themselves."""
    local = When(moment.date(), moment.time())
    naive = moment.replace(tzinfo=None).isoformat()
    assert parse_when(moment.date().isoformat(), now=now, order=order, future=future) == When(moment.date())
    assert parse_when(naive, now=now, order=order, future=future) == local
    shown = moment.astimezone(dt.UTC).astimezone(BERLIN)
    assert parse_when(shown.isoformat(), now=now, order=order, future=future) == When(shown.date(), shown.time())


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(["mon", "sat", "24.12.", "3/4", "29 feb", "the 31st", "first monday of may", "9:00"]))
def test_forward_is_ahead_and_backward_is_behind(now: dt.datetime, phrase: str) -> None:
    """The same bare phrase lies after now when looking forward and not after now when looking back."""
    ahead, behind = parse_when(phrase, now=now), parse_when(phrase, now=now, future=False)
    assert (ahead.date, ahead.time or dt.time.max) > (now.date(), now.time())
    assert (behind.date, behind.time or dt.time.min) <= (now.date(), now.time())


@pytest.mark.parametrize("time", ["", " 9:00"])
def test_a_weekday_beside_today_means_today(time: str) -> None:
    """A date with its weekday is today's own date when the weekday agrees, not next year's."""
    assert parse_when(f"Thu 24 Dec{time}", now=CHRISTMAS_EVE).date == CHRISTMAS_EVE.date()
