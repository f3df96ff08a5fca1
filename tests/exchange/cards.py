"""Cards written by hand in the shapes of address books."""

from __future__ import annotations


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    """Return one card with the lines given."""
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


PHOTO = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQE"
PHONE = card(
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;",
    "TEL;CELL;PREF:0170 1234567",
    "TEL;WORK;FAX:030 901820",
    "EMAIL;PREF;WORK:joerg@x.example",
    "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Erste Zeile=0D=0A=",
    "zweite Zeile, gr=C3=BC=C3=9Fe=",
    "n",
    f"PHOTO;ENCODING=BASE64;JPEG:{PHOTO}",
    f" {PHOTO}=",
    "",
    "CATEGORIES:My Contacts",
    version="2.1",
)
APPLE = card(
    "PRODID:-//Someone//Phone 5//EN",
    "N:Lee;Ann;Mary\\, Sue;Dr.;Jr.",
    "FN:Dr. Ann Mary Sue Lee Jr.",
    "ORG:Acme\\, Inc.;Sales;North",
    "TITLE:Head of Buying",
    "item1.TEL:+49 30 901820",
    "item1.X-ABLabel:_$!<Assistant>!$_",
    "TEL;type=CELL;type=VOICE;type=pref:+49 170 1234567",
    "item2.EMAIL;type=INTERNET:ann@x.example",
    "item2.X-ABLabel:Holiday home",
    "item3.ADR;type=HOME;type=pref:;;Hauptstr. 1\\nHinterhaus;Berlin;;10115;Germany",
    "item3.X-ABADR:de",
    "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
    "item4.X-ABDATE;type=pref:2010-05-01",
    "item4.X-ABLabel:_$!<Anniversary>!$_",
    "NOTE:One line that is folded in the mi",
    " ddle\\, with a comma\\; and a second\\nline",
)
NEW = card(
    "KIND:individual",
    "FN:Zoë Åse",
    "N:Åse;Zoë;;;",
    'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:+1-418-656-9254;ext=102',
    'TEL;VALUE=uri;TYPE="work,cell,text":tel:+1-418-262-6501',
    "EMAIL;TYPE=work:zoe@x.example",
    'ADR;TYPE=work;LABEL="1 Main St^nAustin, TX":;;1 Main St;Austin;TX;78701;USA',
    "BDAY:--0203",
    "TZ:America/New_York",
    "CATEGORIES:roof,solar\\, large",
    version="4.0",
)
ALL = PHONE + APPLE + NEW
