//! Events as busy time: recurring ones followed up to now.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::super::dates::Dates;
use super::super::format::{Context, Out};
use super::super::found::Whose;
use super::super::input::Input;
use super::super::{ImportError, words};
use super::components::{Component, Components, Kind};
use super::lines::Property;
use super::rule::{INSTANCES, PERIODS, Rule};
use super::span;
use super::zones::{Date, Zones};
use crate::model::task::{Entry, LooseEntry, When};
use crate::model::text::Clean;

/// Moved instances that are remembered.
const MOVED: usize = 500_000;

/// Reads a calendar as busy time.
pub(super) fn read(
    input: &Input,
    context: &Context<'_>,
    out: &mut Out<'_>,
) -> Result<(), ImportError> {
    let mut events = Events::new(Dates::new(context.zone), context.now);
    events.survey(input)?;
    let mut components = Components::of(input)?;
    while let Some(one) = components.next()? {
        if one.kind == Kind::Event {
            events.event(&one, out)?;
        }
    }
    events.warn(out);
    Ok(())
}

/// The events of one file.
pub(super) struct Events {
    pub(super) dates: Dates,
    /// Recurring ones are followed up to here.
    now: DateTime<Utc>,
    pub(super) zones: Zones,
    /// Instances that the file says more about: uid and instant.
    moved: BTreeSet<(String, i64)>,
    /// Periods of rules that may still be looked at.
    left: u32,
    pub(super) said: Said,
}

/// What was left out, by reason.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) cancelled: u64,
    free: u64,
    future: u64,
    pub(super) unfollowed: u64,
    pub(super) cut: u64,
    pub(super) bad_dates: u64,
}

impl Events {
    /// The events of a file whose recurring ones are followed up to `now`.
    pub(super) fn new(dates: Dates, now: DateTime<Utc>) -> Self {
        Self {
            dates,
            now,
            zones: Zones::default(),
            moved: BTreeSet::new(),
            left: PERIODS,
            said: Said::default(),
        }
    }

    /// A first look: zones, and which instances were moved.
    pub(super) fn survey(&mut self, input: &Input) -> Result<(), ImportError> {
        let mut moved: Vec<(String, Property, usize)> = Vec::new();
        let mut components = Components::of(input)?;
        while let Some(one) = components.next()? {
            self.zones.add(&one);
            let of_event = one.get("RECURRENCE-ID").filter(|_| one.kind == Kind::Event);
            if let Some(id) = of_event.filter(|_| moved.len() < MOVED) {
                moved.push((uid(&one), id.clone(), one.calendar));
            }
        }
        let next_year = self.now.naive_utc() + chrono::Duration::days(366);
        self.zones.settle(next_year);
        for (uid, id, calendar) in moved {
            if let Some(at) = self.instant(&id, calendar) {
                self.moved.insert((uid, at));
            }
        }
        Ok(())
    }

    /// The instant of the instance that a moved one stands for.
    pub(super) fn instant(&mut self, id: &Property, calendar: usize) -> Option<i64> {
        let date = self.zones.date(id, calendar)?;
        date.when(self.dates).map(When::order)
    }

    fn event(&mut self, one: &Component, out: &mut Out<'_>) -> Result<(), ImportError> {
        if one.word("STATUS") == "CANCELLED" {
            self.said.cancelled += 1;
            return Ok(());
        }
        if one.word("TRANSP") == "TRANSPARENT" || one.word("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE" {
            self.said.free += 1;
            return Ok(());
        }
        let start = one
            .get("DTSTART")
            .and_then(|p| self.zones.date(p, one.calendar));
        let Some(start) = start else {
            return out.reject(one.line, "no start");
        };
        let Some(seconds) = self.seconds(one, &start) else {
            return out.reject(one.line, "it ends before it starts, or its end is none");
        };
        let recurrence = one.get("RECURRENCE-ID");
        let recurrence = recurrence.and_then(|id| self.instant(id, one.calendar));
        if recurrence.is_some() {
            return self.hand_on(one, (&start, seconds), recurrence, out);
        }
        for (at, seconds, order) in self.times(one, &start, seconds) {
            self.hand_on(one, (&at, seconds), order, out)?;
        }
        Ok(())
    }

    /// Every time of an event with its length, but for those that the file says more about elsewhere;
    /// of a recurring one also what tells the time apart.
    pub(super) fn times(
        &mut self,
        one: &Component,
        start: &Date,
        seconds: i64,
    ) -> Vec<(Date, i64, Option<i64>)> {
        let is_recurring = one.get("RRULE").is_some() || one.get("RDATE").is_some();
        let uid = uid(one);
        let mut times = Vec::new();
        for (at, seconds) in self.instances(one, start, seconds) {
            let order = at.when(self.dates).map(When::order);
            let is_moved = order.is_some_and(|order| self.moved.contains(&(uid.clone(), order)));
            if !(is_recurring && is_moved) {
                times.push((at, seconds, order.filter(|_| is_recurring)));
            }
        }
        times
    }

    /// How long it is; an event without an end has none.
    pub(super) fn seconds(&mut self, one: &Component, start: &Date) -> Option<i64> {
        let Some(end) = one.get("DTEND") else {
            let duration = one.get("DURATION");
            return duration
                .map_or(Some(0), |text| span::seconds(&text.value))
                .filter(|n| *n >= 0);
        };
        let end = self.zones.date(end, one.calendar)?;
        let apart = match (start, &end) {
            (Date::Day(from), Date::Day(to)) => (*to - *from).num_seconds(),
            _ => end.when(self.dates)?.order() - start.when(self.dates)?.order(),
        };
        (apart >= 0).then_some(apart)
    }

    /// Every instance up to now with its length, exceptions left out.
    fn instances(&mut self, one: &Component, start: &Date, seconds: i64) -> Vec<(Date, i64)> {
        let mut all = vec![(start.clone(), seconds)];
        if let Some(rule) = one.get("RRULE") {
            if let Some(clocks) = self.followed(&rule.value, start) {
                all = clocks
                    .into_iter()
                    .map(|local| (start.at(local), seconds))
                    .collect();
            } else {
                self.said.unfollowed += 1;
            }
        }
        // An old form of exceptions that nothing writes any more.
        self.said.unfollowed += u64::from(one.get("EXRULE").is_some());
        for property in one.all("RDATE") {
            let mut single = property.clone();
            for text in property.value.split(',').take(INSTANCES) {
                let (from, to) = text.split_once('/').unwrap_or((text, ""));
                from.clone_into(&mut single.value);
                match self.zones.date(&single, one.calendar) {
                    Some(at) => {
                        let own = self.period_end(&at, &mut single, to, one.calendar);
                        all.push((at, own.unwrap_or(seconds)));
                    }
                    None => self.said.bad_dates += 1,
                }
            }
        }
        let excepted = self.excepted(one);
        let mut seen = BTreeSet::new();
        all.retain(|(at, _)| {
            let order = at.when(self.dates).map(When::order);
            order.is_some_and(|order| !excepted.contains(&order) && seen.insert(order))
        });
        all
    }

    /// The length of a period like `start/PT2H` or `start/end`.
    fn period_end(
        &mut self,
        at: &Date,
        property: &mut Property,
        end: &str,
        calendar: usize,
    ) -> Option<i64> {
        if let Some(length) = span::seconds(end) {
            return Some(length).filter(|n| *n >= 0);
        }
        end.clone_into(&mut property.value);
        let end = self.zones.date(property, calendar)?;
        let apart = end.when(self.dates)?.order() - at.when(self.dates)?.order();
        (apart >= 0).then_some(apart)
    }

    fn excepted(&mut self, one: &Component) -> BTreeSet<i64> {
        let mut out = BTreeSet::new();
        for property in one.all("EXDATE") {
            for date in self.zones.dates(property, one.calendar) {
                match date.and_then(|date| date.when(self.dates)) {
                    Some(when) => {
                        out.insert(when.order());
                    }
                    None => self.said.bad_dates += 1,
                }
            }
        }
        out
    }

    /// The clocks of a rule up to now; `None` when a part of it is not known here.
    fn followed(&mut self, rule: &str, start: &Date) -> Option<Vec<chrono::NaiveDateTime>> {
        let rule = Rule::parse(rule)?;
        let now = self.now.naive_utc();
        let (rule, last) = match start {
            Date::Day(_) => (rule, now),
            Date::Clock(_, zone) => {
                let local = |utc| zone.clock(utc, self.dates);
                (rule.ending(local), local(now))
            }
        };
        let local = start.local();
        // A first time before any calendar program: not one that was attended.
        if local.and_utc().timestamp() < 0 {
            return None;
        }
        let (clocks, cut) = rule.clocks((local, last), &mut self.left);
        self.said.cut += u64::from(cut);
        if clocks.is_empty() && local > last {
            // In the future as a whole: counted as that.
            return Some(vec![local]);
        }
        Some(clocks)
    }

    /// Hands an instance on, if it began already.
    fn hand_on(
        &mut self,
        one: &Component,
        (start, seconds): (&Date, i64),
        recurrence: Option<i64>,
        out: &mut Out<'_>,
    ) -> Result<(), ImportError> {
        let Some(when) = start.when(self.dates) else {
            return out.reject(one.line, "no start");
        };
        let begins = start.local().and_utc().timestamp();
        let began = match start {
            Date::Day(_) => begins,
            Date::Clock(..) => when.order(),
        };
        if began > self.now.timestamp() {
            self.said.future += 1;
            return Ok(());
        }
        let title = one.get("SUMMARY").map(Property::text).unwrap_or_default();
        let id = uid(one);
        let id = match recurrence {
            Some(at) if !id.is_empty() => format!("{id}/{at}"),
            _ => id,
        };
        let all_day = matches!(start, Date::Day(_));
        let entry = Entry {
            id: Some(id).filter(|id| !id.is_empty()),
            start: when,
            end: span::end(start, seconds, self.dates),
            // A whole day is not so many hours of meetings.
            seconds: Some(seconds).filter(|_| !all_day),
            // The title is somebody else's as often as not, and names people: busy time needs none.
            note: None,
        };
        let entry = LooseEntry {
            source: Clean::label(b"ical"),
            entry,
            project: None,
            task: words::task_key(&title),
            tags: Vec::new(),
            busy: true,
        };
        out.entry(one.line, Whose::Mine, entry)
    }

    fn warn(&self, out: &mut Out<'_>) {
        let said = &self.said;
        let left = [
            (said.cancelled, "cancelled"),
            (said.free, "shown as free"),
            (said.future, "in the future"),
        ];
        let left: Vec<String> = left
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, why)| format!("{count} {why}"))
            .collect();
        if !left.is_empty() {
            out.warn(format!("events left out: {}", left.join(", ")));
        }
        if out.records() > 0 {
            out.warn("events that you declined are among these if they are in the file: it does not say who you are");
        }
        if said.unfollowed > 0 {
            out.warn(format!(
                "{} recurring events have a rule that is not followed: only the first time of each was taken",
                said.unfollowed
            ));
        }
        if said.cut > 0 {
            out.warn(format!(
                "{} recurring events were cut: at most {INSTANCES} times of one are taken",
                said.cut
            ));
        }
        if said.bad_dates > 0 {
            out.warn(format!(
                "{} additional or excepted dates of recurring events are no dates",
                said.bad_dates
            ));
        }
        zones(&self.zones, out);
    }
}

/// Says which zones nothing explains.
pub(super) fn zones(zones: &Zones, out: &mut Out<'_>) {
    let names: Vec<&str> = zones.unknown().take(5).collect();
    if !names.is_empty() {
        out.warn(format!(
            "time zones that nothing explains, read as the calendar's own or yours: {}",
            Clean::label(names.join(", ").as_bytes())
        ));
    }
}

pub(super) fn uid(one: &Component) -> String {
    one.get("UID")
        .map(|uid| uid.value.trim().to_owned())
        .unwrap_or_default()
}
