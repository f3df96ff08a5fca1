"""What the exports of address books and sales tools become."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.files import read


def table(**cells: str) -> str:
    """Return a header row and one row, every cell quoted."""
    quoted = [["".join(['"', text.replace('"', '""'), '"']) for text in row] for row in (cells.keys(), cells.values())]
    return "\n".join(",".join(row) for row in quoted) + "\n"


def test_google_new(tmp_path: Path) -> None:
    """Google's present export: labels beside values, `:::` between several, groups as tags, a star by group."""
    got = read(
        tmp_path,
        table(
            **{
                "First Name": "Ann",
                "Middle Name": "",
                "Last Name": "Lee",
                "Organization Name": "Acme",
                "Organization Title": "Buyer",
                "Birthday": " --02-29",
                "Labels": "Roofers ::: * myContacts ::: * starred",
                "E-mail 1 - Label": "* Work",
                "E-mail 1 - Value": "Ann@Acme.example ::: ann@home.example",
                "Phone 1 - Label": "Mobile",
                "Phone 1 - Value": "+1 415 555 0100 ::: +1 415 555 0101",
                "Phone 2 - Label": "Work Fax",
                "Phone 2 - Value": "+1 415 555 0199",
                "Address 1 - Label": "Home",
                "Address 1 - Formatted": "1 Main St\nTown, CA 94000",
                "Address 1 - Street": "1 Main St",
                "Address 1 - City": "Town",
            }
        ),
    )
    assert got.reading.format == "google-new"
    person = got.only
    assert (person.name, person.company, person.title, person.birthday) == ("Ann Lee", "Acme", "Buyer", "--02-29")
    assert person.tags == ("Roofers",)
    assert person.star
    assert got.details() == [
        ("email", "ann@acme.example", "work"),
        ("email", "ann@home.example", "work"),
        ("mobile", "+14155550100", ""),
        ("mobile", "+14155550101", ""),
        ("fax", "+14155550199", "work fax"),
        ("address", "1 main st town ca 94000", "home"),
    ]


def test_google_old(tmp_path: Path) -> None:
    """Google's former export is told by its own column names, and the whole name wins over its parts."""
    got = read(
        tmp_path,
        table(
            **{
                "Name": "Dr. Ann Lee",
                "Given Name": "Ann",
                "Family Name": "Lee",
                "Group Membership": "* Family",
                "E-mail 1 - Type": "*",
                "E-mail 1 - Value": "ann@x.example",
                "Phone 1 - Type": "Home Fax",
                "Phone 1 - Value": "+493012345678",
                "Organization 1 - Name": "Acme",
                "Organization 1 - Title": "CEO",
            }
        ),
    )
    assert got.reading.format == "google-old"
    assert (got.only.name, got.only.company, got.only.title, got.only.tags) == (
        "Dr. Ann Lee",
        "Acme",
        "CEO",
        ("Family",),
    )
    assert got.details() == [("email", "ann@x.example", ""), ("fax", "+493012345678", "home fax")]


OUTLOOK = {
    "Title": "Ms.",
    "First Name": "Ann",
    "Last Name": "Lee",
    "Company": "Acme",
    "Job Title": "Buyer",
    "Business Street": "1 Main St",
    "Business Street 2": "Floor 2",
    "Business City": "Town",
    "Business State": "CA",
    "Business Postal Code": "94000",
    "Business Country/Region": "USA",
    "Home Street": "",
    "Home City": "Village",
    "Business Fax": "+14155550101",
    "Home Fax": "+14155550102",
    "Other Fax": "+14155550103",
    "Business Phone": "+14155550104",
    "Mobile Phone": "+14155550105",
    "Birthday": "0/0/00",
    "Categories": "vip;roof",
    "E-mail Address": "ann@acme.example",
    "E-mail Type": "SMTP",
    "E-mail Display Name": "Ann Lee (ann@acme.example)",
    "E-mail 2 Address": "ann@home.example",
    "E-mail 2 Display Name": "",
    "Priority": "Normal",
    "Notes": "met at the fair",
}


def test_outlook_in_english(tmp_path: Path) -> None:
    """Outlook's columns become one address with its street lines, three faxes, no birthday from 0/0/00, no noise."""
    got = read(tmp_path, table(**OUTLOOK))
    assert got.reading.format == "outlook"
    person = got.only
    assert (person.name, person.title, person.birthday, person.tags) == ("Ann Lee", "Buyer", "", ("vip", "roof"))
    assert person.note == "met at the fair"
    assert sorted(d.value for d in person.details if d.kind == "address") == ["1 Main St, Floor 2, Town, CA 94000, USA"]
    assert [(k, label) for k, _, label in got.details() if k == "fax"] == [
        ("fax", "work"),
        ("fax", "home"),
        ("fax", "other"),
    ]
    assert [key for kind, key, _ in got.details() if kind == "email"] == ["ann@acme.example", "ann@home.example"]
    assert person.extra == {"Title": "Ms.", "Home City": "Village"}


def test_outlook_in_german(tmp_path: Path) -> None:
    """The same export from a German Outlook, in the code page it is written in."""
    text = table(
        **{
            "Anrede": "Herr",
            "Vorname": "Jörg",
            "Nachname": "Müller",
            "Firma": "Bäder GmbH",
            "Position": "Einkäufer",
            "Straße geschäftlich": "Weg 1",
            "Ort geschäftlich": "Köln",
            "Postleitzahl geschäftlich": "50667",
            "Land/Region geschäftlich": "Deutschland",
            "Fax geschäftlich": "0221 1234567",
            "Telefon geschäftlich": "0221/1234560",
            "Telefon (privat)": "+49 221 7654321",
            "Mobiltelefon": "0170 1234567",
            "E-Mail-Adresse": "jm@baeder.example",
            "E-Mail: Angezeigter Name": "JM",
            "Geburtstag": "5.3.1980",
        }
    )
    got = read(tmp_path, text.encode("cp1252"), region="DE")
    assert (got.reading.format, got.reading.encoding) == ("outlook", "cp1252")
    assert (got.only.name, got.only.company, got.only.birthday) == ("Jörg Müller", "Bäder GmbH", "1980-03-05")
    assert got.details() == [
        ("fax", "+492211234567", "work"),
        ("phone", "+492211234560", "work"),
        ("phone", "+492217654321", "home"),
        ("mobile", "+491701234567", ""),
        ("email", "jm@baeder.example", ""),
        ("address", "weg 1 50667 köln deutschland", "work"),
    ]


def test_outlook_com(tmp_path: Path) -> None:
    """Outlook.com lacks the display names and street lines that mark the desktop program."""
    short = ("First Name", "Last Name", "Business Street", "Business City", "Business Phone", "E-mail Address")
    assert read(tmp_path, table(**{name: OUTLOOK[name] for name in short})).reading.format == "outlook.com"


def test_linkedin(tmp_path: Path) -> None:
    """LinkedIn's notes above the header are passed over, lines are counted from the top, a nobody is rejected."""
    got = read(
        tmp_path,
        'Notes:\n"Some e-mail addresses are missing, see\nhttps://www.example.com, thanks"\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        'Ann,Lee,https://in.example/ann,,"Acme, Inc.",Buyer,01 Jan 2020\n,,,,,,20 Mar 2022\n',
    )
    assert got.reading.format == "linkedin"
    assert (got.only.line, got.only.company, got.only.title) == (6, "Acme, Inc.", "Buyer")
    assert got.only.extra == {"URL": "https://in.example/ann", "Connected On": "01 Jan 2020"}
    assert [(r.line, r.field) for r in got.rejections] == [(7, "")]
    assert "no name, company, e-mail or phone" in got.rejections[0].why


@pytest.mark.parametrize(
    ("source", "header", "row"),
    [
        (
            "hubspot",
            "Record ID,First Name,Last Name,Email,Phone Number,Lead Status,Associated Company",
            "1,Ann,Lee,ann@x.example,+14155550100,NEW,Acme",
        ),
        (
            "salesforce",
            "Lead Owner,First Name,Last Name,Title,Company / Account,Lead Source,Phone,Email",
            "Bob,Ann,Lee,CEO,Acme,Web,+14155550100,ann@x.example",
        ),
        (
            "salesforce",
            "Lead ID,FirstName,LastName,Email,Phone,Company,LeadSource,OwnerId",
            "0Q,Ann,Lee,ann@x.example,+14155550100,Acme,Web,005",
        ),
        (
            "salesforce",
            "Account Name,First Name,Last Name,Email,Phone,Mailing Street,Mailing City,Mailing Zip/Postal Code",
            "Acme,Ann,Lee,ann@x.example,+14155550100,Weg 1,Town,123",
        ),
        (
            "close",
            "display_name,status_label,primary_contact_name,primary_contact_primary_phone,primary_contact_primary_email",
            "Acme,New,Ann Lee,+14155550100,ann@x.example",
        ),
        (
            "pipedrive",
            "Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work",
            "Ann Lee,Acme,ann@x.example,+14155550100",
        ),
        (
            "facebook-leads",
            "id,created_time,form_name,platform,full_name,company_name,email,phone_number",
            "l:1,2026-01-01,Form,fb,Ann Lee,Acme,ann@x.example,p:+14155550100",
        ),
        (
            "google-ads",
            "GCLID,Conversion Name,Full Name,Company Name,Lead Email,Lead Phone",
            "Cj,Form,Ann Lee,Acme,ann@x.example,+1 415-555-0100",
        ),
        ("table", "Name,Firma,Telefon,E-Mail", "Ann Lee,Acme,+1 415 555 0100,ann@x.example"),
        ("table", "Vorname,Name,Firma,Telefonnummer,Mail", "Ann,Lee,Acme,+1 415 555 0100,ann@x.example"),
        ("table", "Prénom,Nom,Société,Téléphone,Courriel", "Ann,Lee,Acme,+1 415 555 0100,ann@x.example"),
        ("table", "Nombre,Apellidos,Empresa,Teléfono,Correo electrónico", "Ann,Lee,Acme,+1 415 555 0100,ann@x.example"),
    ],
)
def test_the_same_person_from_every_tool(tmp_path: Path, source: str, header: str, row: str) -> None:
    """Every tool's header row is recognised, and the same person comes out."""
    got = read(tmp_path, f"{header}\n{row}\n")
    assert got.reading.format == source
    assert (got.only.name, got.only.company) == ("Ann Lee", "Acme")
    keys = {detail.kind: detail.key for detail in got.only.details}
    assert (keys["phone"], keys["email"]) == ("+14155550100", "ann@x.example")
    assert not got.rejections


def test_pipedrive_kinds(tmp_path: Path) -> None:
    """Pipedrive names kind and label in the column."""
    got = read(tmp_path, "Person - Name,Person - Phone - Mobile,Person - Email - Home\nAnn,+14155550100,a@x.example\n")
    assert got.details() == [("mobile", "+14155550100", ""), ("email", "a@x.example", "home")]


def test_german_address_is_assembled(tmp_path: Path) -> None:
    """Street, postcode and town of a plain table make one address, in the order without a state."""
    got = read(tmp_path, "Name;Straße;PLZ;Ort;Handy\nAnn;Weg 1;50667;Köln;0170 1234567\n", region="DE")
    assert [detail.value for detail in got.only.details] == ["0170 1234567", "Weg 1, 50667 Köln"]
    assert got.reading.columns == {"Name": "name", "Straße": "street", "PLZ": "zip", "Ort": "city", "Handy": "mobile"}


def test_a_town_alone_is_no_address(tmp_path: Path) -> None:
    """Nobody can be visited or written to in a town: it stays beside the person, and the preview says so."""
    got = read(tmp_path, "Name,City\nAnn,Mumbai\n")
    assert got.only.details == ()
    assert got.only.extra == {"City": "Mumbai"}
    assert got.reading.columns["City"] == "extra"


@pytest.mark.parametrize(
    ("header", "row", "labels"),
    [
        (
            "Vorname,Nachname,Name der Organisation,Position in Organisation,E-Mail 1 – Label,E-Mail 1 – Wert,"
            "Telefon 1 – Label,Telefon 1 – Wert,Adresse 1 – Straße,Adresse 1 – Stadt,Adresse 1 – Postleitzahl",
            "Ann,Lee,Acme,VP,Arbeit,a@x.example,Mobil,+49 170 5550101,Weg 1,Ulm,89073",
            "Google, German",
        ),
        (
            "Prénom,Nom de famille,Nom de l'organisation,Titre dans l'organisation,"
            "E-mail 1 - Libellé,E-mail 1 - Valeur,"
            "Téléphone 1 - Libellé,Téléphone 1 - Valeur,Adresse 1 - Rue,Adresse 1 - Ville,Adresse 1 - Code postal",
            "Ann,Lee,Acme,VP,Travail,a@x.example,Mobile,+49 170 5550101,Weg 1,Ulm,89073",
            "Google, French",
        ),
        (
            "Nombre,Apellidos,Organización,Puesto,Valor de correo electrónico 1,Etiqueta de teléfono 1,"
            "Valor de teléfono 1,Calle del trabajo,Ciudad de trabajo,Código postal del trabajo",
            "Ann,Lee,Acme,VP,a@x.example,Móvil,+49 170 5550101,Weg 1,Ulm,89073",
            "Google and Outlook, Spanish",
        ),
        (
            "Titre,Prénom,Nom,Société,Titre,Adresse de messagerie,Tél. mobile,Rue (bureau),Ville (bureau),"
            "Code postal (bureau)",
            "Mme,Ann,Lee,Acme,VP,a@x.example,+49 170 5550101,Weg 1,Ulm,89073",
            "Outlook, French",
        ),
    ],
)
def test_values_and_labels_in_other_languages(tmp_path: Path, header: str, row: str, labels: str) -> None:
    """Columns of values and their labels are one detail in German, French and Spanish too."""
    got = read(tmp_path, f"{header}\n{row}\n".encode())
    draft = got.only
    assert (draft.name, draft.company, draft.title, got.rejections) == ("Ann Lee", "Acme", "VP", []), labels
    assert {(detail.kind, detail.key) for detail in draft.details} == {
        ("email", "a@x.example"), ("mobile", "+491705550101"), ("address", "weg 1 89073 ulm"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "source"),
    [
        ("Record Id,First Name,Last Name,Email,Secondary Email,Skype ID,Email Opt Out", "zoho"),
        ("Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,TAGS", "mailchimp"),
        ("First Name,Last Name,Email,Work Direct Phone,Corporate Phone,Person Linkedin Url", "apollo"),
        ("Vorname;Nachname;E-Mail geschäftlich;Straße geschäftlich;Telefon geschäftlich;XING-Profil", "xing"),
    ],
)
def test_more_programs_are_named(tmp_path: Path, header: str, source: str) -> None:
    """The preview says whose export it is."""
    assert read(tmp_path, f"{header}\n".encode()).reading.format == source


def test_what_a_spreadsheet_did_to_numbers(tmp_path: Path) -> None:
    """A point and a nought are no digits of a number, and one that was rounded is refused with the way out."""
    got = read(tmp_path, b'Name,Phone\nAnn,4930555101.0\nBo,4.93E+11\nCy,"4,93E+11"\n', region="DE")
    assert [detail.key for draft in got.drafts for detail in draft.details] == ["+4930555101"]
    assert [r.why.split(":")[0] for r in got.rejections] == ["a spreadsheet cut this number short"] * 2
    assert [draft.extra.get("Phone") for draft in got.drafts] == [None, "4.93E+11", "4,93E+11"]
