"""What column names mean, in English, German, French and Spanish: the tables, and the one function that reads them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_SYMBOLS = str.maketrans(
    dict.fromkeys("☎☏📞", "phone")
    | dict.fromkeys("📱", "mobile")
    | dict.fromkeys("✉📧", "email")
    | dict.fromkeys("★☆⭐", "star")
)

FIELDS = (
    *("name", "first_name", "middle_name", "last_name", "company", "title"),
    *("phone", "mobile", "fax", "email", "address", "street", "street2", "pobox", "city", "state", "zip", "country"),
    *("why", "benefit", "source", "birthday", "zone", "tags", "star", "note", "relation", "do_not_contact", "cadence"),
    *("do_not_email", "do_not_call", "do_not_text", "do_not_mail", "do_not_fax", "not_by"),
)
"""What a column may be mapped to."""
CONTACT_FIELDS = frozenset({"phone", "mobile", "fax", "email"})
ADDRESS_FIELDS = frozenset({"address", "street", "street2", "pobox", "city", "state", "zip", "country"})

_NAMES: dict[str, str] = {
    "name": """name, full name, contact name, client name, lead name, customer name, display name, contact, person,
        person name, prospect, prospect name, primary contact name, ansprechpartner, ansprechpartnerin, kontakt,
        kontaktname, kontaktperson, vollständiger name, kunde, kundenname, nom, nom complet, nom et prénom,
        prénom et nom, nom du contact, last first, last name first name, first last, first name last name,
        nachname vorname, vorname nachname, name vorname, nom prénom, first and last name,
        interlocuteur, nombre, nombre completo, nombre y apellidos, contacto, naam,
        volledige naam, nome, nome completo""",
    "first_name": """first name, first, given name, forename, primary contact first name, person first name,
        contact first name, lead first name, vorname, rufname, prénom, nombre de pila, primer nombre, voornaam""",
    "middle_name": """middle name, additional name, middle, weitere vornamen, zweiter vorname, segundo nombre,
        deuxième prénom""",
    "last_name": """last name, last, family name, surname, primary contact last name, person last name,
        contact last name, lead last name, nachname, familienname, zuname, nom de famille, apellido, apellidos,
        primer apellido, achternaam, cognome, sobrenome""",
    "company": """company, company name, organization, organisation, organization name, organisation name,
        organization 1 name, organizations, organisations, account name, company account, business name, employer,
        associated company, associated company name, primary company, person organization, person organisation,
        lead company, firm,
        business, firma, firmenname, unternehmen, organisation 1 name, arbeitgeber, société, entreprise,
        nom de l'entreprise,
        name der organisation, nom de l'organisation, nombre de la organización,
        raison sociale, organisme, empresa, compañía, nombre de la empresa, sociedad, organización, bedrijf, azienda""",
    "title": """title, job title, position, role, job, job position, organization title, organization 1 title,
        position in organisation, titre dans l'organisation, cargo en la organización,
        primary contact title, person job title, function, funktion, berufsbezeichnung, jobtitel, stelle, titre,
        poste, fonction, intitulé du poste, cargo, puesto, puesto de trabajo, functie, occupation title""",
    "why": "why, reason, reason for interest, why interested, grund, warum, anlass, motif, pourquoi, motivo, por qué",
    "benefit": "benefit, benefits, value for them, nutzen, vorteil, bénéfice, avantage, beneficio",
    "source": """source, lead source, original source, original traffic source, data source, contact source,
        referral source, quelle, herkunft, leadquelle, lead quelle, origine, provenance, source du prospect, fuente,
        origen, fuente del lead""",
    "birthday": """birthday, birth date, birthdate, date of birth, dob, geburtstag, geburtsdatum, date de naissance,
        anniversaire, naissance, fecha de nacimiento, cumpleaños, nacimiento, geboortedatum, person birthday""",
    "zone": "zone, time zone, timezone, tz, zeitzone, fuseau horaire, fuseau, zona horaria, huso horario",
    "tags": """tags, tag, labels, categories, category, group membership, groups, person labels, person label,
        schlagworte, schlagwörter, kategorien, kategorie, etiketten, gruppen, étiquettes, catégories, etiquetas,
        categorías, grupos""",
    "star": "star, starred, favorite, favourite, vip, favorit, stern, favori, étoile, favorito, estrella, destacado",
    "note": """note, notes, comment, comments, remark, remarks, memo, description, notiz, notizen, bemerkung,
        bemerkungen, kommentar, kommentare, anmerkung, anmerkungen, remarque, remarques, commentaire, commentaires,
        nota, notas, comentario, comentarios, observaciones, opmerkingen""",
    "relation": "relation, relationship",
    "do_not_contact": """do not contact, dnc, opt out, opted out, opted out of all, opt out of all, global opt out,
        has opted out, nicht kontaktieren, kontaktsperre, ne pas contacter, no contactar""",
    "do_not_email": """do not email, do not emails, do not allow emails, do not allow bulk emails, no email,
        email opt out, email opted out, opted out of email, has opted out of email, opted out of all email,
        unsubscribed, unsubscribed from all email, unsubscribe, email unsubscribed, unsub time, unsubscribed at,
        unsubscribe date,
        email subscription status, email marketing status, keine e-mails,
        keine e-mail, abgemeldet, désabonné, désinscrit, ne pas envoyer d'email, no enviar correo, dado de baja""",
    "do_not_call": """do not call, do not phone, do not allow phone calls, no calls, no call, phone opt out,
        call opt out, has opted out of calls, opted out of calls, nicht anrufen, keine anrufe, ne pas appeler,
        no llamar""",
    "do_not_text": """do not text, do not sms, no sms, no texts, sms opt out, text opt out, has opted out of sms,
        opted out of sms, sms opted out, keine sms, pas de sms, no enviar sms""",
    "do_not_mail": """do not mail, do not allow mails, no mail, mail opt out, postal mail opt out, do not post,
        keine post, pas de courrier""",
    "do_not_fax": "do not fax, do not allow faxes, fax opt out, has opted out of fax, opted out of fax, kein fax",
    "not_by": "not by",
    "cadence": "cadence, kadenz",
}

VALUE = "value|wert|valeur|valor"
"""How the column of a value ends that has its label in another, in Google's languages."""
LABEL_WORD = "label|type|typ|etikett|libelle|etiqueta"
_OWNER = "(?:primarycontact|contact|person|lead|client|customer|kunden|your|organization|organisation)"
_LABELS: dict[str, str] = {
    "main": "companymain|main|primary|principal|haupt|zentrale|corporate",
    "work": "business|work|office|company|organizational|geschaftlich|dienstlich|firma|firmen|arbeit|buro|direct|bureau"
    "|travail|professionnel|pro|trabajo|oficina|laboral|durchwahl",
    "home": "home|private|personal|privat|priv|domicile|prive|personnel|casa|particular|personale",
    "other": "others?|weiteres?|weiterer?|andere|autre|otr[oa]|alternate|alternative|secondary|second",
    "mobile": "mobile|mobil",
}
_LABEL = "(?:" + "|".join(_LABELS.values()) + ")"
_KINDS: dict[str, str] = {
    "email": "emails?|emailaddress(?:es)?|mail|mailadresse|courriel|adresseemail|adressemail|adresseelectronique|correo"
    "|correoelectronico|direcciondecorreo(?:electronico)?|mel"
    "|adressede(?:la)?messagerie|adressemessagerie",
    "fax": "fax|faxes|telefax|phonefax|telecopie|telecopieur",
    "mobile": "mobiles?|mobilephone|mobiletelephone|phonemobile|telmobile|cell|cellphone|cellular|cellulaire|gsm|handy"
    "|mobil|mobiltelefon|mobilfunk|telefonmobil|portable|telephonemobile|telephoneportable|telportable|movil|celular"
    "|telefonomovil|telefonocelular|carphone|autotelefon|whatsapp|mobiel|cellulare",
    "phone": "phones?|telephones?|tel|telefon|telefono|telefone|telefoon|rufnummer|ndetelephone|numerodetelephone"
    "|numerodetelefono|phonecontact|callback|radiophone|rueckmeldung|ruckmeldung|contactnumber|festnetz|fixe"
    "|telephonefixe|telefonofijo|telfijo|fijo|tlf|tfno|durchwahl",
}
_CONTACT = {
    kind: re.compile(
        rf"(?:valorde)?{_OWNER}?({_LABEL}{{0,2}})(?:{words})(?:de|del|dela|du)?({_LABEL}{{0,2}})"
        rf"(?:number|numbers|no|nr|nummer|num|numero)?\d{{0,2}}(?:{VALUE}|address|adresse)?"
    )
    for kind, words in _KINDS.items()
}
_SPOKEN_OF = "phone|email|address|telefon|adresse|telephone|telefono|correoelectronico|direccion"
_LABELLED = rf"{_OWNER}?({_LABEL}?(?:{_SPOKEN_OF})\d{{0,2}})"
_CONTACT_LABEL = re.compile(rf"{_LABELLED}(?:{LABEL_WORD})|(?:etiquetade|tipode){_LABELLED}")
_GROUP = (
    r"business|home|other|mailing|billing|shipping|work|office|company|private|privat|geschaftlich|weitere[rs]?"
    r"|primary|firma|travail|bureau|domicile|trabajo|casa|(?:address|adresse|direccion)\d|organization|person|contact"
)
_PARTS: dict[str, str] = {
    "street2": r"address2|address3|addressline[23]|(?:address)?extendedaddress|adresszusatz|adresszeile2|complement"
    "|complementdadresse|adresse2|adresseligne2|direccion2",
    "street": "street|streetaddress|addressline1?|address1|addressstreet|strasse|strassenr"
    "|strassehausnummer|strasseundhausnummer|strasseundnr|adresszeile1?|rue|voie|adresseligne1|adresse1|calle|via"
    "|straat|streetname",
    "address": "(?:full|postal|mailing)?address|(?:address)?formatted|adresse|adressecomplete|adressepostale|anschrift"
    "|postanschrift|postadresse|direccion|direccioncompleta|direccionpostal|domicilio|indirizzo|endereco|adres",
    "pobox": "pobox|addresspobox|postfach|adressepostfach|boitepostale|apartadopostal|apartado",
    "city": "city|town|addresscity|ort|stadt|wohnort|ville|ciudad|localidad|poblacion|municipio|citta|cidade|plaats",
    "state": "state|province|region|stateprovince|stateregion|addressregion|addressstate|bundesland|kanton|provincia"
    "|comunidadautonoma",
    "zip": "zip|zipcode|postalcode|postcode|zippostalcode|postalzipcode|addresspostalcode|addresszip|plz|postleitzahl"
    "|codepostal|codigopostal|cp|postnummer",
    "country": "country|countryregion|addresscountry|land|landregion|pays|paysregion|pais|paisregion|paese",
}
_ADDRESS = {
    # A digit at the end counts street lines: "Business Street 2", "Straße geschäftlich 2".
    part: re.compile(rf"({_GROUP})?(?:{words})(?:de|del|dela|du)?({_GROUP})?{r'[1-5]?' if part == 'street' else ''}")
    for part, words in _PARTS.items()
}
_GROUP_LABELS = {
    group: label
    for label, groups in {
        "work": "business work office company geschaftlich firma travail bureau trabajo organization",
        "home": "home private privat domicile casa",
        "other": "other weitere weiterer weiteres",
        "": "person contact primary",
    }.items()
    for group in groups.split()
}


class Meaning(NamedTuple):
    """What a column holds."""

    field: str
    """One of FIELDS, or `label` for a column that names the kind of another."""
    label: str = ""
    group: str = ""
    """Which address a part belongs to; for a label the column it speaks of, as `email1`."""


def squash(header: str) -> str:
    """Return a header as its letters and digits alone, in lower case without accents: `E-Mail_1 ` is `email1`."""
    plain = unicodedata.normalize("NFKD", header.translate(_SYMBOLS).casefold())
    return "".join(char for char in plain if char.isalnum())


_EXACT = {squash(name): field for field, names in _NAMES.items() for name in names.split(",")}


@lru_cache(maxsize=4096)
def meaning(squashed: str) -> Meaning | None:
    """Return what a squashed header means, or None when it is not known."""
    if not squashed or len(squashed) > 60:
        return None
    if field := _EXACT.get(squashed):
        return Meaning(field)
    if squashed.startswith("optedoutofemail"):
        return Meaning("do_not_email")  # HubSpot has one for each kind of letter
    if label := _CONTACT_LABEL.fullmatch(squashed):
        return Meaning("label", group=label[1] or label[2])
    for kind, pattern in _CONTACT.items():
        if found := pattern.fullmatch(squashed):
            return _contact(kind, found[1] or found[2], squashed)
    for part, pattern in _ADDRESS.items():
        if found := pattern.fullmatch(squashed):
            group = found[1] or found[2] or ""
            numbered = group.startswith(("address", "adresse", "direccion"))
            label_text = _GROUP_LABELS.get(group, "" if numbered else group)
            return Meaning(part, label_text, "weitere" if group.startswith("weitere") else group)
    return None


def _contact(kind: str, words: str, squashed: str) -> Meaning:
    label = next((name for name, pattern in _LABELS.items() if words and re.match(pattern, words)), "")
    if "whatsapp" in squashed:
        label = "WhatsApp"
    elif squashed in {"callback", "ruckmeldung"}:
        label = "callback"
    if label == "mobile":
        return Meaning("mobile" if kind == "phone" else kind)
    return Meaning(kind, label)
