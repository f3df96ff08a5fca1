"""Referrals, reel back, the guard, the coach, the standing order, away and the bell, by keys on real services."""

from __future__ import annotations

from datetime import date, time

from followup_tui.bootstrap import Services
from followup_tui.services.views import ProspectDraft
from tests.factories import Clock, add, log
from tests.tui.driving import press, running, settle, shown, toasts


async def test_a_referral_is_added_in_a_line_and_credited(services: Services) -> None:
    """R takes a name; they start on Referral, and one undo takes all of it back."""
    who = add(services, "Ann [/] Lee").id
    log(services, who, "won")
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "enter", "R")
        assert "Referred by Ann [/] Lee · 6 slots open" in shown(app)
        await press(app, pilot, *"Zed", "down", "down", *"+49 30 901821", "ctrl+s")
        assert "Referred by Ann [/] Lee: Zed" in toasts(app)[-1]
        assert services.prospects.get(who).referral_slots == 5
        await press(app, pilot, "R", "ctrl+d")
        assert "Slot waived, 4 left" in toasts(app)[-1]
    (zed,) = services.prospects.find("name:Zed") or services.prospects.find("Zed")
    assert (zed.cadence, zed.referred_by) == ("Referral", who)


async def test_reel_back_keeps_its_reason(services: Services) -> None:
    """B asks why, then the plan has more room; u takes it back."""
    who = add(services, "Ann Lee").id
    log(services, who)
    before = services.prospects.get(who).next_touch.date
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "enter", "B", *"pushy", "enter")
        assert "Reeled back · Ann Lee" in toasts(app)[-1]
        assert services.prospects.get(who).next_touch.date > before
        await press(app, pilot, "u")
    assert services.prospects.get(who).next_touch.date == before


async def test_the_guard_speaks_in_the_log(services: Services) -> None:
    """A second call within a day is warned about before the key is pressed, and can be logged."""
    who = add(services, "Ann Lee").id
    log(services, who)
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "enter", "l", *["c"] * 4)
        assert "in the last 24 hours" in shown(app)
        await press(app, pilot, "1")
    assert len(services.prospects.timeline(who).timeline) == 2


async def test_the_coach_is_put_away_by_a_key(services: Services) -> None:
    """The hint stands on the prospect with its key; put away it is gone until u brings it back."""
    who = add(services, "Ann Lee").id
    log(services, who)
    hint = services.coach.hint(who)
    assert hint is not None
    async with running(services) as (app, pilot):
        await press(app, pilot, "2", "enter")
        assert "h puts it away" in shown(app)
        await press(app, pilot, "h")
        assert f"Hint put away: {hint.id}" in toasts(app)[-1]
    assert services.coach.hint(who) != hint


async def test_the_standing_order_shows_whom_before_it_draws(services: Services) -> None:
    """Today says that the pool would be drawn from; D shows who, enter draws, u gives them back."""
    add(services, "Ann Lee")
    who = add(services, "Poul [b] Pool", "pool").id
    services.standing.set("", "Cold six", 2)
    async with running(services) as (app, pilot):
        assert "1 from the pool: D shows who" in shown(app)
        await press(app, pilot, "D")
        assert "Poul [b] Pool" in shown(app)
        assert services.prospects.get(who).relation == "pool"
        await press(app, pilot, "enter")
        assert "Drawn from the pool: 1 into Cold six" in toasts(app)[-1]
        assert services.prospects.get(who).relation == "cold"
        await press(app, pilot, "u")
    assert services.prospects.get(who).relation == "pool"


async def test_away_shows_the_plan_before_it_moves_it(services: Services) -> None:
    """The preview names what moves and what has to be decided; a phrase that is none changes nothing."""
    who = add(services, "Ann Lee").id
    log(services, who)
    async with running(services) as (app, pilot):
        await press(app, pilot, "A", *"tomorow", "down", *"fri", "ctrl+s")
        assert "Not saved" in shown(app)
        await press(app, pilot, "up", *["backspace"] * 8, *"tomorrow")
        assert "1 touch move" in shown(app)
        assert "Ann Lee: email Wed 25 Nov → Tue 1 Dec" in shown(app)
        await press(app, pilot, "ctrl+s")
        assert "Away: 1 touch moved" in toasts(app)[-1]
        assert services.prospects.get(who).next_touch.date >= date(2026, 11, 30)
        await press(app, pilot, "u")
    assert services.prospects.get(who).next_touch.date == date(2026, 11, 25)


async def test_the_bell_rings_once_before_a_promise(services: Services, clock: Clock) -> None:
    """Five minutes before the time told, on any screen, and never twice."""
    who = add(services, "Ann [/] Lee").id
    log(services, who, "call back", until=date(2026, 11, 23), until_time=time(10))
    clock.at("2026-11-23T09:56")
    async with running(services) as (app, pilot):
        await press(app, pilot, "3")
        app.clear_notifications()
        app.look_ahead()
        await settle(app, pilot)
        assert toasts(app) == ["10:00 promised call · Ann [/] Lee"]
        app.look_ahead()
        await settle(app, pilot)
        assert len(toasts(app)) == 1


async def test_everything_about_somebody_can_be_changed(services: Services) -> None:
    """The form to change has the fields that adding spares: pace, goal, birthday, zone, note."""
    who = services.prospects.add(ProspectDraft(name="Ann Lee", phone="+49 30 901820"))[0].id
    async with running(services, (80, 24)) as (app, pilot):
        await press(app, pilot, "2", "E", *["up"] * 3, *["up"] * 2, *["backspace"] * 8, *"gentle", "ctrl+s")
        assert "Changed pace" in toasts(app)[-1]
    assert services.prospects.get(who).pace == "gentle"


async def test_their_words_are_kept_with_the_permission(services: Services) -> None:
    """The question after *not now* takes the answer by one key and then their words; the pause dialog shows them."""
    who = add(services, "Ann Lee").id
    log(services, who, "not now")
    async with running(services) as (app, pilot):
        await press(app, pilot, "enter", "y", *"ask in spring", "enter")
        view = services.prospects.get(who)
        assert (view.consent, view.consent_words, view.relation) == (True, "ask in spring", "nurture")
        await press(app, pilot, "2", "enter", "P")
        assert "permission: yes on 23 Nov 2026 by phone: “ask in spring”" in shown(app)


async def test_a_pause_shows_all_three_dates(services: Services) -> None:
    """Each way to resume has its real date before one is chosen; the toast says the chosen one."""
    who = add(services, "Ann Lee").id
    log(services, who)
    tried = {one.rule: one.next_touch for one in services.log.pause_preview(who, date(2026, 12, 7))}
    async with running(services, (80, 24)) as (app, pilot):
        await press(app, pilot, "2", "enter", "P", *"7 dec", "down")
        seen = shown(app)
        for rule, touch in tried.items():
            assert touch is not None
            (line,) = [line for line in seen.splitlines() if f" {rule} " in line]
            assert f"{touch.date:%a} {touch.date.day} {touch.date:%b}" in line
        await press(app, pilot, "enter")
        assert "Paused until Mon 7 Dec · Ann Lee → Wed 9 Dec" in toasts(app)[-1]
    assert services.prospects.get(who).paused_until == date(2026, 12, 7)


async def test_an_enrolment_of_many_is_shown_before(services: Services) -> None:
    """V C: from when, how many a day, what ends, who is refused and why; - sets the number; enter does just that."""
    for turn in range(4):
        add(services, f"Pool {turn}", "pool")
    add(services, "Ann Lee")
    add(services, "Zed", "pool", phone=None, email=None)
    async with running(services, (80, 24)) as (app, pilot):
        await press(app, pilot, "2", "V", "C", "j")
        assert "at most 20 a working day: today 5" in shown(app)
        await press(app, pilot, *["minus"] * 18)
        seen = shown(app)
        assert "5 prospects · first touch today, phone 5" in seen
        assert "at most 2 a working day: today 2 · tomorrow 2 · Wed 25 Nov 1" in seen
        assert "ends Steady for 1" in seen
        assert "Zed: no phone, e-mail or address that works" in seen
        await press(app, pilot, "enter")
        assert "Enrolled in Cold six: 5 prospects, first touch today to Wed 25 Nov" in toasts(app)[-1]
    assert {one.cadence for one in services.prospects.find("relation:cold")} == {"Cold six"}


async def test_the_standing_order_is_set_changed_and_removed_by_keys(services: Services) -> None:
    """D asks for one where there is none, with whom it would draw while it is typed; then E changes, ctrl+d removes."""
    add(services, "Ann Lee")
    for turn in range(4):
        add(services, f"Poul {turn}", "pool")
    async with running(services, (80, 24)) as (app, pilot):
        await press(app, pilot, "D", *["backspace"] * 3, *"3x")
        assert "is not a number" in shown(app)
        await press(app, pilot, "backspace", "down", *"has:phone")
        seen = shown(app)
        assert "1 of 3 lines in play, 2 missing; at most 20 a day" in seen
        assert "2 people would start now" in seen
        assert "Poul 1" in seen
        await press(app, pilot, "ctrl+s")
        assert "Standing order: 3 lines in Cold six" in toasts(app)[-1]
        await press(app, pilot, "D", "E", "backspace", "4", "ctrl+s", "D")
        assert "Standing order · 4 lines in Cold six" in shown(app)
        await press(app, pilot, "ctrl+d")
        assert services.standing.proposal() is None
        await press(app, pilot, "u", "D", "enter")
        assert "Drawn from the pool: 3 into Cold six" in toasts(app)[-1]


async def test_the_timeline_draws_promises_and_referrals(services: Services, clock: Clock) -> None:
    """What was told says whether it was kept, who named whom stands on its day both ways, and enter goes there."""
    ann = add(services, "Ann Lee", benefit="b").id
    log(services, ann, "call back", until=date(2026, 11, 24), until_time=time(10))
    clock.at("2026-11-24T10:05")
    log(services, ann, "call back", until=date(2026, 11, 25), until_time=time(9))
    clock.at("2026-11-25T15:00")
    log(services, ann, "no answer")
    bo = services.referrals.refer(ann, ProspectDraft("Bo Chan", phone="+49 30 901899"))[0].id
    kept = [touch.kept for touch in services.prospects.timeline(ann).timeline]
    assert kept == [True, False, None]
    async with running(services, (100, 30)) as (app, pilot):
        app.open_prospect(ann)
        await settle(app, pilot)
        seen = shown(app)
        assert "promised Tue 24 Nov 10:00: kept" in seen
        assert "promised today 09:00: missed" in seen
        assert "promises kept 1 of 2" in seen
        assert "→ named Bo Chan" in seen
        await press(app, pilot, "enter")
        assert "← named by Ann Lee" in shown(app)
        assert app.screen.prospect == bo  # type: ignore[attr-defined]
        await press(app, pilot, "escape", "f")
        assert "→ named Bo Chan" not in shown(app)


async def test_a_reason_is_asked_for_and_counted(services: Services) -> None:
    """S skips and X closes with a reason in one's own words, from Today and on the prospect; they are tallied."""
    ann, bo = add(services, "Ann Lee", star=True).id, add(services, "Bo Chan").id
    async with running(services) as (app, pilot):
        await press(app, pilot, "S", *"pushy", "enter")
        assert "Skipped · Ann Lee" in toasts(app)[-1]
        app.open_prospect(bo)
        await settle(app, pilot)
        await press(app, pilot, "S", *"wrong", "space", *"time", "enter", "X", "escape")
        assert "Skipped · Bo Chan" in toasts(app)[-1]
        assert services.prospects.get(bo).relation == "engaged"
        await press(app, pilot, "X", *"pushy", "enter")
        assert "Closed · Bo Chan · u undo" in toasts(app)[-1]
    assert [(one.reason, one.n) for one in services.insights.reasons()] == [("pushy", 2), ("wrong time", 1)]
    assert (services.prospects.get(ann).relation, services.prospects.get(bo).relation) == ("engaged", "closed")
