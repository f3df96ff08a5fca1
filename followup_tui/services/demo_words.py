"""What the fictional people of the demo want, and what was said: somebody here sells solar roofs to small firms."""

from __future__ import annotations

from followup_tui.domain.model import Outcome

TITLES = (
    "Managing director", "Head of facilities", "Owner", "Office manager", "Plant engineer", "Finance lead",
    "Site manager", "Head teacher", "Buyer", "Operations manager", "Works council", "Farm manager", "Partner", "",
)  # fmt: skip
WHYS = (
    "wants a quote for solar on the warehouse roof",
    "power bill doubled since the second cold room",
    "new roof planned for next spring, wants panels in the same job",
    "read our piece on batteries and asked what one costs",
    "has to show a climate plan to the bank",
    "met at the trade fair, liked the rental model",
    "landlord agreed to a roof lease, needs numbers",
    "three delivery vans become electric next year",
    "asked whether a listed building can carry panels",
    "lost a day of production in the last power cut",
    "neighbour’s roof made them curious",
    "wants to know what the old panels are still worth",
    "told us they decide about the roof in the first quarter",
    "parents’ council asked for a school roof project",
    "energy audit recommended 60 kW on the south side",
    "downloaded the checklist, left a phone number",
)
BENEFITS = (
    "cuts the power bill by about a third",
    "cold rooms keep running through a power cut",
    "one crew, one roof, one visit",
    "no money up front with the rental model",
    "charges the vans for the price of the wiring",
    "a page for the climate report, with real figures",
    "pays for the new roof in nine years",
    "a project the pupils can watch on a screen",
    "keeps the noise of the generator away from the guests",
    "",
    "",
)
SOURCES = (
    "trade fair",
    "website form",
    "referral",
    "cold list",
    "webinar",
    "newsletter",
    "walk-in",
    "energy audit",
    "",
)
TAGS = (
    "warehouse", "bakery", "school", "farm", "hotel", "battery", "2027 budget", "roof lease", "vans", "quick win",
    "challenge", "relate",
)  # fmt: skip
NOTES = (
    "Best before the lunch rush.",
    "Decides together with her brother.",
    "Keeps bees; always good for a first minute.",
    "Asks for figures first, then for references.",
    "Never on Wednesdays: market day.",
    "The roof is corrugated sheet from 1994;\nask the surveyor for photos of the south side.",
    "Had a bad experience with a door-to-door seller. Go slowly.",
    "Marathon in spring, ask how it went.",
    "Prefers one page over ten.",
    "Two sites: the old yard and the new hall.",
)
GOALS = (
    "a survey date on the roof",
    "twenty minutes with both partners",
    "the power bills of last year",
    "a yes to the rental",
)
VALUES = (
    "article: what a roof survey finds",
    "article: batteries and fire safety, in plain words",
    "case study: a bakery that bakes by noon sun",
    "update: the new grid fee, what changes for small firms",
    "checklist: ten questions to ask any installer",
    "invitation: open roof day",
    "picture: their street from above, with the sun hours",
    "press: the school that sells its holidays’ power",
    "case study: cold storage through a night without grid",
    "update: the subsidy ends in March",
    "article: what to do with panels from 2004",
    "calculator: van charging by daylight",
)
GIFTS = ("gift: a jar of roof honey", "gift: a tin of tea and a card", "gift: a solar torch for the yard")
SKIPPED = ("wrong time", "they are at the fair this week", "no benefit for them yet")
ENDED = (
    "signed with somebody else until 2031",
    "the building is sold",
    "no answer to anything in months",
    "wrong time",
)
CONSENTS = (
    "“Sure, write once in a while.”",
    "“Yes, but no calls in harvest time.”",
    "“Please do, just not every week.”",
)
SAID: dict[Outcome, tuple[str, ...]] = {
    Outcome.NO_ANSWER: ("", "", "Rang out.", "Line busy twice."),
    Outcome.LEFT_VOICEMAIL: ("", "Said I would send the one-page summary.", "Named the roof and the two numbers."),
    Outcome.LEFT_MESSAGE: ("With the front desk.", "Her colleague writes it on the board.", "With the yard foreman."),
    Outcome.SENT: ("", "", "Two concrete times and a PS.", "Kept it under eighty words."),
    Outcome.SPOKE: (
        "Wants figures for 60 kW and a battery.",
        "Roofer comes in March; call after that.",
        "Liked the case study, passed it on to the partner.",
        "Asked about noise; sent to the surveyor’s sheet.",
        "Budget talk is next month.",
    ),
    Outcome.CALL_BACK: ("In a meeting, asked me to ring back.", "On the road, has the bills at the desk then."),
    Outcome.MEETING_SET: ("Look at the roof together, bring the drawings.", "Half an hour with both partners."),
    Outcome.REPLIED: (
        "“Can you tell me what the battery alone would cost?”",
        "“Thanks – how long does the crew need?”",
        "“Got your letter. Call me about the lease, please.”",
    ),
    Outcome.NOT_NOW: ("The roof has to wait for the new hall.", "Not before the next budget."),
    Outcome.DEFINITE_NO: ("Took the offer of the utility.", "Sells the building."),
    Outcome.WON: ("Signed: 48 kW and a battery.", "Rental model, starts in spring."),
    Outcome.BAD_DETAIL: ("Number not in service.", "Bounced."),
    Outcome.DO_NOT_CONTACT: ("Asked not to be called again.",),
}
WARM = ("good", "good", "neutral", "")
