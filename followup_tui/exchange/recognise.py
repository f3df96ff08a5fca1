"""Which program wrote a table, told by its header row."""

from __future__ import annotations

from collections.abc import Sequence

from followup_tui.exchange.headers import squash

_SIGNS: tuple[tuple[str, int, str], ...] = (
    ("followup", 4, "id why benefit cadence notby"),
    ("xing", 1, "xingprofil xingprofile"),
    ("google-old", 3, "givenname familyname groupmembership yominame email1type phone1type"),
    ("google-new", 2, "organizationname labels fileas email1label phone1label phoneticfirstname"),
    ("outlook", 2, "emaildisplayname email2displayname businessstreet2 organizationalidnumber user1"),
    ("outlook", 2, "strassegeschaftlich emailangezeigtername telefongeschaftlich faxgeschaftlich benutzer1"),
    ("outlook.com", 3, "businessstreet businessphone emailaddress companymainphone givennameyomi"),
    ("linkedin", 3, "firstname lastname connectedon"),
    ("zoho", 3, "recordid secondaryemail skypeid emailoptout asst asstphone otherzip contactownerid leadownerid"),
    ("mailchimp", 2, "memberrating optintime confirmtime leid euid lastchanged"),
    ("apollo", 2, "workdirectphone corporatephone personlinkedinurl companylinkedinurl"),
    ("close", 2, "primarycontactname primarycontactprimaryemail statuslabel primarycontactprimaryphone"),
    ("hubspot", 2, "recordid lifecyclestage leadstatus associatedcompany contactowner associatedcompanyids"),
    (
        "salesforce",
        2,
        "leadowner owneralias companyaccount leadid ownerid leadsource leadstatus mailingstreet accountname contactid"
        " accountid contactowner salutation",
    ),
    ("facebook-leads", 2, "createdtime formname formid adname adsetname campaignname platform isorganic"),
    ("google-ads", 2, "gclid conversionname conversiontime leadformid googleclickid"),
)
"""Source, how many of its signs make it certain, and the signs: squashed column names few others use."""


def source_of(headers: Sequence[str]) -> str:
    """Return the program whose export has these headers; `table` when it could be anybody's."""
    squashed = {squash(header) for header in headers[:1000]}
    if any(header.lstrip().startswith("Person - ") for header in headers[:1000]):
        return "pipedrive"
    return next(
        (name for name, enough, signs in _SIGNS if len(squashed.intersection(signs.split())) >= enough), "table"
    )
