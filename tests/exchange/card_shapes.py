# ruff: noqa: E501
"""Cards of fictional people in the shapes that address books of twenty-five years write, one kind each."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    name: str
    """Who writes cards like this."""
    card: bytes
    person: str
    keys: tuple[str, ...]
    """E.164 numbers, e-mails in lower case, addresses casefolded: all have to be found."""
    texts: tuple[str, ...] = ()
    """Words that must be somewhere: in a field, a note, a tag, or beside the person."""


def lines(*text: str, version: str = "3.0", end: str = "\r\n", codec: str = "utf-8") -> bytes:
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *text, "END:VCARD", ""]).encode(codec)


PIXELS = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
SHAPES = [
    Shape("Android 2.1", lines(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gr=C3=BCn;Ada;;;", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ada Gr=C3=BCn",
        "TEL;CELL:+49 170 5550101", "TEL;X-Werkstatt:+49 30 5550102", "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Adi;1;;;;;;;;;;;;;",
        version="2.1"), "Ada Grün", ("+491705550101", "+49305550102"), ("Adi",)),
    Shape("Android soft breaks", lines(
        "FN:Bela Horn", "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Dach neu=0D=0A=", "Keller feucht, =C3=9Cberg=", "abe im Mai", "TEL;HOME;VOICE:+49 30 5550103",
        version="2.1"), "Bela Horn", ("+49305550103",), ("Dach neu\nKeller feucht, Übergabe im Mai",)),
    Shape("Android photo", lines(
        "FN:Cara Wolf", f"PHOTO;ENCODING=BASE64;PNG:{PIXELS}", f" {PIXELS}", f" {PIXELS}==", "", "TEL;CELL;PREF:+49 170 5550104",
        version="2.1"), "Cara Wolf", ("+491705550104",)),
    Shape("iPhone", lines(
        "PRODID:-//Someone//iPhone OS 17//EN", "N:Dorn;Dana;;;", "FN:Dana Dorn", "item1.EMAIL;type=INTERNET;type=pref:Dana@X.example", "item1.X-ABLabel:_$!<Work>!$_",
        "TEL;type=CELL;type=VOICE;type=pref:+49 170 5550105", "item2.ADR;type=HOME:;;Ringstr. 5;Ulm;;89073;Germany", "item2.X-ABADR:de",
        "item3.X-ABRELATEDNAMES;type=pref:Emil Dorn", "item3.X-ABLabel:_$!<Spouse>!$_", "X-SOCIALPROFILE;type=twitter:https://social.example/dana"),
        "Dana Dorn", ("dana@x.example", "+491705550105", "ringstr 5 89073 ulm germany"), ("Emil Dorn", "https://social.example/dana")),
    Shape("macOS Contacts", lines(
        "N:;;;;", "FN:Eck Bau", "ORG:Eck Bau;", "X-ABShowAs:COMPANY", "TEL;type=MAIN:+49 30 5550106", "NOTE:roof\\, gutter\\nand yard"),
        "Eck Bau", ("+49305550106",), ("roof, gutter\nand yard",)),
    Shape("iCloud without a year", lines("FN:Fritz Gold", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-04", "EMAIL:fritz@x.example"), "Fritz Gold", ("fritz@x.example",), ("--03-04",)),
    Shape("Outlook 2003", lines(
        "N;LANGUAGE=de:Hahn;Greta", "FN:Greta Hahn", "ORG:Hahn & Co;Einkauf", "TITLE:Leitung", "TEL;WORK;VOICE:+49 (30) 5550107", "TEL;WORK;FAX:+49 (30) 5550108",
        "ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Hafenstr. 7=0D=0AHof 2;Kiel;;24103;Deutschland", "LABEL;WORK;ENCODING=QUOTED-PRINTABLE:Hafenstr. 7=0D=0A=", "24103 Kiel",
        "EMAIL;PREF;INTERNET:greta@hahn.example", "REV:20240102T030405Z", version="2.1"),
        "Greta Hahn", ("+49305550107", "+49305550108", "greta@hahn.example", "hafenstr 7 hof 2 24103 kiel deutschland"), ("Einkauf", "Leitung", "20240102T030405Z")),
    Shape("Outlook in Windows-1252", lines(
        "N;LANGUAGE=de;CHARSET=Windows-1252:Jäger;Ida", "FN;CHARSET=Windows-1252:Ida Jäger", "TEL;HOME;VOICE:+49 30 5550109", "X-MS-OL-DEFAULT-POSTAL-ADDRESS:0",
        version="2.1", codec="cp1252"), "Ida Jäger", ("+49305550109",), ("0",)),
    Shape("Outlook photo and card picture", lines(
        "FN:Jan Kern", "EMAIL;PREF;INTERNET:jan@x.example", "X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:", f" {PIXELS}", f" {PIXELS}", "", "X-MS-IMADDRESS:jan.kern", version="2.1"),
        "Jan Kern", ("jan@x.example",), ("jan.kern",)),
    Shape("Outlook.com", lines("FN:Kim Lang", "N:Lang;Kim;;;", "EMAIL;TYPE=PREF,INTERNET:kim@x.example", "TEL;TYPE=CELL:+49 170 5550110", "URL;TYPE=WORK:https://lang.example"),
        "Kim Lang", ("kim@x.example", "+491705550110"), ("https://lang.example",)),
    Shape("Gmail", lines(
        "FN:Lena Moos", "N:Moos;Lena;Maria;;", "EMAIL;TYPE=INTERNET;TYPE=HOME:lena@x.example", "item1.EMAIL;TYPE=INTERNET:lena@verein.example", "item1.X-ABLabel:Verein",
        "TEL;TYPE=CELL:+49 170 5550111", "item2.URL:http\\://moos.example", "item2.X-ABLabel:_$!<HomePage>!$_", "CATEGORIES:myContacts,Dach"),
        "Lena Moos", ("lena@x.example", "lena@verein.example", "+491705550111"), ("Dach", "http://moos.example")),
    Shape("Evolution", lines(
        "UID:pas-id-4F0000000001", "FN:Mia Nagel", "N:Nagel;Mia;;;", "X-EVOLUTION-FILE-AS:Nagel\\, Mia", "EMAIL;TYPE=WORK;X-EVOLUTION-UI-SLOT=1:mia@x.example",
        "TEL;X-EVOLUTION-UI-SLOT=1;TYPE=\"WORK,VOICE\":+49 30 5550112", "X-EVOLUTION-BLOG-URL:https://blog.example", "X-EVOLUTION-SPOUSE:Ole"),
        "Mia Nagel", ("mia@x.example", "+49305550112"), ("Nagel, Mia", "https://blog.example", "Ole", "pas-id-4F0000000001")),
    Shape("Lotus Notes", lines(
        "N:Otto;Nils;;Dr.;", "FN:Dr. Nils Otto", "X-LOTUS-CHARSET:UTF-8", "EMAIL;TYPE=INTERNET:nils@x.example", "TEL;TYPE=WORK:+49 30 5550113", "TEL;TYPE=PAGER:5550114", "ORG:Otto Glas;Halle 3"),
        "Dr. Nils Otto", ("nils@x.example", "+49305550113"), ("5550114", "Halle 3")),
    Shape("Nokia", lines("N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:P=C3=A4tz;Olga", "TEL;PREF;CELL;VOICE:+491705550115", "TEL;CELL;WORK:+491705550116", "X-CLASS:private", version="2.1"),
        "Olga Pätz", ("+491705550115", "+491705550116"), ("private",)),
    Shape("Nokia without a space after folding", lines("N:Quast;Paul", "NOTE;ENCODING=QUOTED-PRINTABLE:eins=", "=20zwei", "TEL;VOICE:030 5550117", version="2.1"),
        "Paul Quast", ("0305550117",), ("eins zwei",)),
    Shape("Sony Ericsson", lines("N:Ritter;Quentin", "TEL;CELL:+491705550118", "X-IRMC-LUID:00000000002A", "EMAIL;INTERNET;PREF:quentin@x.example", version="2.1"),
        "Quentin Ritter", ("+491705550118", "quentin@x.example"), ("00000000002A",)),
    Shape("Siemens", lines("N;CHARSET=UTF-8:Sand;Rosa", "TEL;HOME:030/5550119", "ADR;HOME:;;Allee 9;Bonn;;53111;", version="2.1", end="\n"), "Rosa Sand", ("0305550119", "allee 9 53111 bonn")),
    Shape("Samsung", lines(
        "N:Thal;Sina;;;", "FN:Sina Thal", "TEL;CELL:0170 5550120", "EMAIL;WORK:sina@x.example", "X-SAMSUNGADR;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:;;;;Gasse=201", "ORG:Thal;;;;", version="2.1"),
        "Sina Thal", ("01705550120", "sina@x.example"), ("Gasse 1",)),
    Shape("BlackBerry", lines("FN:Tom Ufer", "N:Ufer;Tom", "ORG:Ufer KG", "TEL;TYPE=CELL:+49-170-555-0121", "TEL;TYPE=PAGER:PIN2A", "NOTE:B\\;C"), "Tom Ufer", ("+491705550121",), ("PIN2A", "B;C")),
    Shape("Thunderbird", lines("FN:Ute Vogt", "EMAIL;PREF=1:ute@x.example", "N:Vogt;Ute;;;", "TEL;VALUE=TEXT;TYPE=cell:+49 170 5550122", "UID:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1", version="4.0"),
        "Ute Vogt", ("ute@x.example", "+491705550122"), ("4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",)),
    Shape("Thunderbird of old", lines("begin:nothing", "fn:Vera Wald", "n:Wald;Vera", "org:Wald GmbH;", "adr:;;Weg 3;Trier;;54290;", "email;internet:vera@x.example", "tel;work:+49 651 5550123", "x-mozilla-html:FALSE", version="2.1"),
        "Vera Wald", ("vera@x.example", "+496515550123", "weg 3 54290 trier"), ("FALSE",)),
    Shape("Radicale", lines("UID:20240101-radicale", "FN:Wim Xaver", "N:Xaver;Wim;;;", "TEL;TYPE=cell:+49 170 5550124", "X-RADICALE-NAME:wim.vcf", end="\n"), "Wim Xaver", ("+491705550124",), ("wim.vcf",)),
    Shape("Nextcloud", lines("PRODID:-//Sabre//Sabre VObject 4.5//EN", "UID:aa-bb", "FN:Xenia Young", "N:Young;Xenia;;;", "EMAIL;TYPE=WORK:xenia@x.example", f"PHOTO;ENCODING=b;TYPE=png:{PIXELS}", "CATEGORIES:Partner,Messe"),
        "Xenia Young", ("xenia@x.example",), ("Partner", "Messe")),
    Shape("Nextcloud 4.0", lines("FN:Yann Zorn", "TEL;TYPE=\"HOME,VOICE\":+49 30 5550125", "X-SOCIALPROFILE;TYPE=MASTODON:@yann@x.example", "GENDER:M", "LANG:de", "BDAY:19800229", version="4.0"),
        "Yann Zorn", ("+49305550125",), ("1980-02-29", "M", "de")),
    Shape("Fastmail", lines("N:Abel;Zita;;;", "FN:Zita Abel", "NICKNAME:Zi", "EMAIL;TYPE=work;PREF=1:zita@x.example", "IMPP;TYPE=home:xmpp:zita@x.example", version="4.0"), "Zita Abel", ("zita@x.example",), ("Zi", "xmpp:zita@x.example")),
    Shape("KDE", lines("CLASS:PUBLIC", "FN:Arno Bach", "N:Bach;Arno;;;", "TEL;TYPE=HOME,PREF:+49 30 5550126", "X-KADDRESSBOOK-X-Profession:Zimmermann", "GEO:52.5;13.4", "REV:2024-01-02T03:04:05Z"),
        "Arno Bach", ("+49305550126",), ("Zimmermann", "PUBLIC", "2024-01-02T03:04:05Z")),
    Shape("Zimbra", lines("FN:Bert Cohn", "N:Cohn;Bert;;;", "ADR;TYPE=home,postal,parcel:;;Platz 1;Köln;;50667;", "REV:20240203", "X-ZIMBRA-IMADDRESS1:bert"), "Bert Cohn", ("platz 1 50667 köln",), ("bert",)),
    Shape("SOGo groups", lines("UID:so-1", "FN:Cleo Dahl", "N:Dahl;Cleo", "home.TEL;TYPE=home:+49 30 5550127", "work.TEL;TYPE=work:+49 30 5550128", "home.ADR;TYPE=home:;;Markt 2;Jena;;07743;"),
        "Cleo Dahl", ("+49305550127", "+49305550128", "markt 2 07743 jena")),
    Shape("LinkedIn", lines("FN;CHARSET=UTF-8:Dino Engel", "N;CHARSET=UTF-8:Engel;Dino;;;", "TITLE;CHARSET=UTF-8:Head of Roofs", "ORG;CHARSET=UTF-8:Engel AG", "EMAIL;CHARSET=UTF-8;type=WORK,INTERNET:dino@x.example"),
        "Dino Engel", ("dino@x.example",), ("Head of Roofs",)),
    Shape("QR code", lines("N:Falk;Elsa", "ORG:Falk", "TEL:+49305550129", "EMAIL:elsa@x.example", "ADR:;;Damm 4;Berlin;;10115;", "URL:falk.example"), "Elsa Falk", ("+49305550129", "elsa@x.example", "damm 4 10115 berlin"), ("falk.example",)),
    Shape("RFC 6350", lines("FN:Finn Graf", "TEL;VALUE=uri;TYPE=\"voice,home\";PREF=1:tel:+49-30-555-0130;ext=12", "RELATED;TYPE=spouse:urn:uuid:1", "KIND:individual", "MEMBER:x", "CLIENTPIDMAP:1;urn:uuid:2", version="4.0"),
        "Finn Graf", ("+49305550130;ext=12",), ("urn:uuid:1", "1;urn:uuid:2")),
    Shape("data address for a picture", lines("FN:Gesa Hass", "EMAIL:gesa@x.example", f"PHOTO:data:image/png;base64,{PIXELS}", version="4.0"), "Gesa Hass", ("gesa@x.example",)),
    Shape("UTF-16 with a mark", lines("FN:Hugo Iwan", "TEL:+49305550131", version="2.1", codec="utf-16"), "Hugo Iwan", ("+49305550131",)),
    Shape("UTF-16 without a mark", lines("FN:Inge Jost", "TEL:+49305550132", version="2.1", codec="utf-16-le"), "Inge Jost", ("+49305550132",)),
    Shape("UTF-8 with a mark", b"\xef\xbb\xbf" + lines("FN:Jörg Kühn", "TEL:+49305550133"), "Jörg Kühn", ("+49305550133",)),
    Shape("ISO-8859-15", lines("FN;CHARSET=ISO-8859-15:Kläre Löns", "NOTE;CHARSET=ISO-8859-15:5 €", version="2.1", codec="iso-8859-15"), "Kläre Löns", (), ("5 €",)),
    Shape("Shift-JIS", lines("N;CHARSET=SHIFT_JIS:山田;花子", "FN;CHARSET=SHIFT_JIS:山田花子", "TEL;CELL:+819055501340", version="2.1", codec="shift_jis"), "山田花子", ("+819055501340",)),
    Shape("GB2312", lines("FN;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:=CD=F5=BD=AD", "TEL;CELL:+8613905550135", version="2.1"), "王江", ("+8613905550135",)),
    Shape("note packed as base64", lines("FN:Lutz Maar", "NOTE;ENCODING=BASE64:ZWluIERhY2gg4oCTIG5ldQ==", "TEL:+49305550136", version="2.1"), "Lutz Maar", ("+49305550136",), ("ein Dach – neu",)),
    Shape("agent in a card", lines("FN:Mara Noll", "AGENT:", "BEGIN:VCARD", "VERSION:2.1", "FN:Nora Otte", "TEL:+49305550138", "END:VCARD", "TEL:+49305550137", version="2.1"), "Mara Noll", ("+49305550137",), ("Nora Otte",)),
    Shape("lower case throughout", b"begin:vcard\r\nversion:3.0\r\nfn:Omar Pohl\r\ntel;type=cell:+49 170 5550139\r\nend:vcard\r\n", "Omar Pohl", ("+491705550139",)),
    Shape("no version, old Mac line ends", b"BEGIN:VCARD\rFN:Pia Raab\rTEL:+49305550140\rEND:VCARD\r", "Pia Raab", ("+49305550140",)),
    Shape("blank lines and a stray one", lines("FN:Resi Seel", "", "this is no property", "", "TEL:+49305550141"), "Resi Seel", ("+49305550141",), ("this is no property",)),
    Shape("folded in a letter", lines("FN:Rolf Taut", "NOTE:", "EMAIL:rolf@x.example").replace(b"NOTE:", b"NOTE:sch\xc3\r\n \xb6n"), "Rolf Taut", ("rolf@x.example",), ("schön",)),
    Shape("tab folding", lines("FN:Sven Ulm", "NOTE:one", "\ttwo", "TEL:+49305550142"), "Sven Ulm", ("+49305550142",), ("onetwo",)),
    Shape("several of all", lines("FN:Tina Vey", *(f"TEL;TYPE=WORK:+4930555015{n}" for n in range(5)), *(f"EMAIL:t{n}@x.example" for n in range(5))),
        "Tina Vey", (*(f"+4930555015{n}" for n in range(5)), *(f"t{n}@x.example" for n in range(5)))),
    Shape("KAddressBook messengers", lines("FN:Uli Wien", "X-messaging/skype-All:uli", "X-KADDRESSBOOK-BlogFeed:http://blog.example", "TEL;TYPE=HOME:+49305550160"), "Uli Wien", ("+49305550160",), ("uli", "http://blog.example")),
    Shape("Samsung own label", lines("FN:Vali Zech", "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=C3=BC=72=6F):+49305550161", version="2.1"), "Vali Zech", ("+49305550161",), ("büro",)),
    Shape("agent begun in its own line", lines("FN:Wanda Amt", "AGENT:BEGIN:VCARD", "VERSION:2.1", "FN:Xaver Bote", "END:VCARD", "TEL:+49305550162", version="2.1"), "Wanda Amt", ("+49305550162",), ("Xaver Bote",)),
    Shape("tel address with its country beside it", lines("FN:Yvo Cors", "TEL;VALUE=uri:tel:305550163;phone-context=+49", version="4.0"), "Yvo Cors", ("+49305550163",)),
    Shape("UTF-8 that names another charset", lines("FN;CHARSET=ISO-8859-1:Zoë Dürr", "TEL:+49305550164"), "Zoë Dürr", ("+49305550164",)),
    Shape("UTF-8 cut within a letter in 2.1", lines("FN:Alf Egli", "NOTE:gr\u00fcn", "TEL:+49305550165", version="2.1").replace(b"\xc3\xbc", b"\xc3\r\n \xbc"), "Alf Egli", ("+49305550165",), ("grün",)),
    Shape("padding in a line of its own", lines("FN:Bea Fink", "PHOTO;ENCODING=BASE64:AAAA", "BBBB", "==", "", "TEL:+49305550166", version="2.1"), "Bea Fink", ("+49305550166",)),
    Shape("blanks around the frame", b" BEGIN : VCARD \nVERSION:3.0\nFN:Carl Gut\nTEL:+49305550167\nEND : VCARD \n", "Carl Gut", ("+49305550167",)),
    Shape("Mac Roman", lines("FN:Jörg Grün", "NOTE:große Straße", "TEL:+49305550168", codec="mac_roman"), "Jörg Grün", ("+49305550168",), ("große Straße",)),
    Shape("Chinese in UTF-16 without a mark", lines("FN:王江", "NOTE:" + "漢字" * 900, "TEL:+8613905550169", codec="utf-16-be"), "王江", ("+8613905550169",), ("漢字漢字",)),
]  # fmt: skip
