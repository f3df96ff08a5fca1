"""Fictional people for the screens' tests: name, company, title, phone, email, town, zone, relation, cadence, step, days
until due (negative: overdue), channel, kind of next touch, attempts, why, benefit. `*` before a name is a star."""

from __future__ import annotations

PEOPLE: tuple[tuple[str, str, str, str, str, str, str, str, str, int, int, str, str, int, str, str], ...] = (
    ("Ann Lee", "Acme Roofing", "VP Operations", "+49 30 901820", "ann@acme.example", "12 Harbour Lane, Berlin", "Europe/Berlin", "engaged", "Steady", 5, -2, "phone", "step", 4, "asked for a quote after the hail storm", "roof survey before the insurance deadline"),
    ("Bo Chan", "Delta Freight", "Head of Dispatch", "+81 3 5550 0147", "bo.chan@delta.example", "", "Asia/Tokyo", "cold", "Cold six", 2, 0, "phone", "step", 1, "", "fewer empty return trips"),
    ("*Cy Diaz", "Eastside Dental", "Owner", "+49 40 555 0190", "cy@eastside.example", "3 Mill Road, Hamburg", "Europe/Berlin", "engaged", "Steady", 3, 0, "phone", "promise 09:30", 2, "met at the spring fair", "no gaps in the appointment book"),
    ("Dora Nyström", "Fjord Outfitters", "Buyer", "+46 8 555 0112", "dora@fjord.example", "", "Europe/Stockholm", "cold", "Cold six", 1, 0, "phone", "step", 0, "", ""),
    ("Emeka Obi", "Lagos Solar Works", "Director", "+234 1 555 0133", "emeka@solar.example", "", "Africa/Lagos", "cold", "Cold six", 3, -1, "phone", "step", 2, "read our piece on inverters", "panels that survive the dust"),
    ("Freya Holm", "Holm & Daughters", "Partner", "+45 33 55 01 77", "freya@holm.example", "", "Europe/Copenhagen", "engaged", "Steady", 6, -4, "phone", "step", 5, "inherited the print shop", "one supplier instead of five"),
    ("Gus Marlow", "Marlow Tiles", "Manager", "+44 20 7946 0101", "gus@marlow.example", "", "Europe/London", "cold", "Cold six", 4, 0, "phone", "step", 3, "", ""),
    ("Hana Sato", "Kumo Paper", "Chief Buyer", "+81 6 5550 0166", "hana@kumo.example", "", "Asia/Tokyo", "nurture", "Stay in touch", 7, 0, "phone", "step", 6, "", "paper that arrives flat"),
    ("*Ines Rocha", "Porto Glass", "Founder", "+351 21 555 0188", "ines@porto.example", "Rua Nova 8, Porto", "Europe/Lisbon", "engaged", "Steady", 4, 0, "email", "answer", 3, "wrote back on Friday evening", "bottles in a week"),
    ("Jonas Weber", "Weber Feinkost", "Geschäftsführer", "+49 89 555 0121", "jonas@weber.example", "Marktplatz 4, München", "Europe/Berlin", "engaged", "Steady", 2, 0, "email", "answer", 1, "asked for the price list", ""),
    ("Kira Volkova", "North Quay Logistics", "COO", "+371 6 555 0144", "kira@northquay.example", "", "Europe/Riga", "engaged", "Steady", 12, 0, "", "decision limit", 12, "changed carriers twice this year", "one number to call"),
    ("Liam O'Dell", "O'Dell Brewing", "Brewer", "+353 1 555 0155", "liam@odell.example", "", "Europe/Dublin", "engaged", "Steady", 3, 0, "", "decision permission", 2, "not before the new year", "kegs on consignment"),
    ("Mara Ilić", "Adria Yachts", "Sales Lead", "+385 1 555 0109", "mara@adria.example", "Riva 21, Split", "Europe/Zagreb", "cold", "Cold six", 2, 0, "email", "step", 1, "", "berths booked by March"),
    ("Nils Aalto", "Aalto Timber", "Yard Manager", "+358 9 555 0118", "nils@aalto.example", "", "Europe/Helsinki", "cold", "Cold six", 3, -3, "email", "step", 2, "", "drier beams"),
    ("Olga Brandt", "Brandt Optik", "Owner", "+43 1 555 0171", "olga@brandt.example", "Ring 5, Wien", "Europe/Vienna", "engaged", "Steady", 5, 0, "email", "step", 4, "frames out of stock", "delivery on Tuesdays"),
    ("Pablo Ruiz", "Casa Ruiz", "Chef", "+34 91 555 0162", "pablo@ruiz.example", "", "Europe/Madrid", "engaged", "Steady", 1, 0, "text", "step", 0, "tasted the oil at the fair", ""),
    ("Quinn Avery", "Avery Kilns", "Potter", "+1 503 555 0139", "quinn@avery.example", "", "America/Los_Angeles", "cold", "Cold six", 2, 0, "email", "step", 1, "", ""),
    ("Rosa Lindqvist", "Lindqvist Bikes", "Owner", "+46 31 555 0125", "rosa@bikes.example", "", "Europe/Stockholm", "cold", "Cold six", 5, -1, "email", "step", 4, "", "winter tyres in stock"),
    ("Sami Haddad", "Cedar Clinics", "Administrator", "+961 1 555 010", "sami@cedar.example", "", "Asia/Beirut", "engaged", "Steady", 7, 0, "article", "step", 6, "tender closes in January", "forms that fill themselves"),
    ("Tess Moreau", "Atelier Moreau", "Designer", "+33 1 55 55 01 03", "tess@moreau.example", "9 rue Basse, Lyon", "Europe/Paris", "engaged", "Steady", 4, 0, "in person", "step", 3, "moving the studio", "a floor plan in two days"),
    ("Uwe Krüger", "Krüger Landtechnik", "Inhaber", "+49 511 555 0199", "uwe@krueger.example", "Am Anger 2, Celle", "Europe/Berlin", "cold", "Cold six", 6, -6, "in person", "step", 5, "", "a tractor on loan in May"),
    ("Vera Costa", "Costa Cork", "Export", "+351 22 555 0148", "vera@costa.example", "Rua do Sol 1, Faro", "Europe/Lisbon", "engaged", "Steady", 6, 0, "mail", "step", 5, "", "samples by post"),
    ("Will Tan", "Tan Instruments", "Engineer", "+65 6555 0117", "will@tan.example", "7 Kent Ridge, Singapore", "Asia/Singapore", "nurture", "Stay in touch", 9, 0, "mail", "step", 8, "", ""),
    ("Xenia Pappas", "Pappas Olives", "Mill Owner", "+30 21 5550 0143", "xenia@pappas.example", "", "Europe/Athens", "customer", "Customer", 3, 0, "gift", "step", 2, "first order in spring", ""),
    ("Yuki Mori", "Mori Robotics", "Lab Lead", "+81 52 555 0104", "yuki@mori.example", "", "Asia/Tokyo", "engaged", "Steady", 8, 3, "phone", "step", 7, "", "a demo unit"),
    ("Zoë Blanc", "Blanc Chocolatier", "Owner", "+41 22 555 01 51", "zoe@blanc.example", "", "Europe/Zurich", "engaged", "Steady", 2, 1, "email", "step", 1, "", "boxes that keep cool"),
    ("Abel Fonseca", "Fonseca Pumps", "Foreman", "", "", "", "Europe/Lisbon", "cold", "Cold six", 1, 0, "", "step", 0, "", ""),
    ("Britt Jansen", "Jansen Bulbs", "Grower", "+31 20 555 0132", "britt@jansen.example", "", "Europe/Amsterdam", "engaged", "Steady", 3, 7, "phone", "own", 2, "after the harvest", ""),
    ("Carlo Neri", "Neri Stampa", "Printer", "+39 02 5550 0156", "carlo@neri.example", "", "Europe/Rome", "pool", "", 0, 0, "", "none", 0, "", ""),
    ("Dilek Arslan", "Arslan Tekstil", "Owner", "+90 212 555 0174", "dilek@arslan.example", "", "Europe/Istanbul", "closed", "", 0, 0, "", "none", 6, "", ""),
    ("Edda Frost", "Frost & Partner", "Notary", "+354 555 0187", "edda@frost.example", "", "Atlantic/Reykjavik", "engaged", "Steady", 2, 0, "phone", "promise 14:30", 1, "asked to be called after lunch", ""),
)
