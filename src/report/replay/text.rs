//! A path on the screen: what was chosen, the crash, the owner's money, month by month.
//!
//! In: a [`ReplayReport`], the width of the terminal. Out: plain text. Not here: the anatomy of the
//! crash (`crash_text`).

use super::anatomy::MONTHS_AFTER;
use super::crash_text;
use super::document::{Chosen, MonthPart, ReplayReport, WorldPart};
use crate::figure::{grouped, money, per_cent};
use crate::page::{Document, Table};
use crate::report::screen::spoken_month;

/// Causes that share a column: what the markets did by themselves.
const MARKET: [&str; 2] = ["drift", "shock"];

/// Causes with a column of their own, where they occur at all, and its heading.
const OTHERS: [(&str, &str); 5] = [
    ("jump", "jumps"),
    ("loop", "agents"),
    ("decay", "decay"),
    ("income", "income"),
    ("haircut", "costs"),
];

/// Beyond this the book of a path does not balance.
const BALANCED: f64 = 1e-9;

impl ReplayReport {
    /// The screen that `replay` prints. Every month of the path has a line, unless one was `asked`
    /// for: that one has its anatomy, or the only line where there are no agents.
    pub fn to_text(&self, width: usize, asked: Option<u32>) -> String {
        let mut page = Document::new(self.scenario.title.as_str());
        self.write_head(&mut page);
        if let Some(crash) = &self.crash {
            page.fine(format!(
                "{}, MONTH {} OF {}",
                spoken_month(&crash.date).to_uppercase(),
                crash.month,
                self.run.months
            ));
            crash_text::write(crash, &mut page);
            self.write_money(crash.month, &mut page);
        }
        match (asked, &self.crash) {
            (None, _) => self.write_months(&self.months, &mut page),
            (Some(month), None) => {
                let index = month as usize - 1;
                self.write_months(&self.months[index..=index], &mut page);
            }
            (Some(_), Some(_)) => {}
        }
        self.write_balance(&mut page);
        page.to_text(width)
    }

    fn write_head(&self, page: &mut Document) {
        let scenario = &self.scenario;
        page.fine(format!(
            "path {} of {}, counted from 0 · {} · {} to {} · money of its day",
            grouped(self.path),
            grouped(self.run.paths),
            self.run.seeds,
            spoken_month(&scenario.start),
            spoken_month(&scenario.end),
        ));
        page.gap();
        page.sentence(self.chosen_in_words());
        page.sentence(self.end_in_words());
        if !self.managed.is_empty() {
            page.sentence(self.managed_in_words());
        }
        page.gap();
    }

    fn chosen_in_words(&self) -> String {
        let paths = grouped(self.run.paths);
        match self.chosen {
            Chosen::Asked => match (self.worst_in_words(), self.column("deepest_sale")) {
                (Some(worst), _) => {
                    format!("Agents' sales took most in this path's worst month: {worst}")
                }
                (None, Some(_)) => "Agents' sales never took any of your wealth.".to_owned(),
                (None, None) => "This scenario has no agents that sell together.".to_owned(),
            },
            Chosen::DeepestSale => format!(
                "Of {paths} paths this one has the month in which agents' sales took most: {}",
                self.worst_in_words().unwrap_or_default()
            ),
            Chosen::LowestWealth => format!(
                "Of {paths} paths this one ends with the least; the scenario has no agents that \
                 sell together, so there is no crash to choose by."
            ),
            Chosen::LowestWealthWithoutSales => format!(
                "On none of {paths} paths did agents' sales take anything; this is the one that ends \
                 with the least."
            ),
        }
    }

    /// What agents' sales took in the worst month, by name, and that another one is told.
    fn worst_in_words(&self) -> Option<String> {
        let taken = self.column("deepest_sale").filter(|taken| *taken > 0.0)?;
        let worst = self.worst_month?;
        let mut text = format!(
            "at the trough of {}, {} of what you had just before them.",
            self.spoken(worst),
            per_cent(taken, 1)
        );
        if let Some(told) = self.crash.as_ref().filter(|told| told.month != worst) {
            let told = spoken_month(&told.date);
            text.push_str(&format!(" What follows is about {told}, another month."));
        }
        Some(text)
    }

    /// Which holdings agents of the owner's own sell.
    fn managed_in_words(&self) -> String {
        let own = self.managed.iter();
        let own = own.map(|(asset, cluster)| format!("of {asset} sells with {cluster}"));
        let own: Vec<String> = own.collect();
        format!(
            "Your own agent {}; that is in the figures.",
            own.join(", that ")
        )
    }

    fn end_in_words(&self) -> String {
        let currency = &self.scenario.currency;
        let end = money(currency, self.column("wealth").unwrap_or(0.0));
        match self.column("without_feedback.wealth") {
            Some(twin) => format!(
                "It ends with {end}; without the agents, on the same draws, with {}.",
                money(currency, twin)
            ),
            None => format!("It ends with {end}."),
        }
    }

    /// The owner's money around `month`, with and without the agents.
    fn write_money(&self, month: u32, page: &mut Document) {
        let currency = &self.scenario.currency;
        let mut table = Table::of(&["your wealth", "with the agents", "without them"], 1);
        let close = |month: u32, world: &'static str| self.wealth(month, world);
        let mut row = |label: String, with: Option<f64>, without: Option<f64>| {
            let cell = |amount: Option<f64>| {
                amount.map_or_else(|| "–".to_owned(), |amount| money(currency, amount))
            };
            table.texts(vec![label, cell(with), cell(without)]);
        };
        let both = |month: u32| (close(month, "path"), close(month, "without_feedback"));
        let before = both(month - 1);
        row(self.end_of(month - 1), before.0, before.1);
        let of_month = &self.months[month as usize - 1];
        if of_month
            .agents
            .as_ref()
            .is_some_and(|agents| agents.sold > 0.0)
        {
            let lowest = of_month.worlds.get("path").map(|world| world.trough);
            row("at the trough".to_owned(), lowest, None);
        }
        let mut later = vec![month];
        let mut year = (month + MONTHS_AFTER).min(self.run.months);
        if year == month {
            year = self.run.months;
        }
        later.extend([year, self.run.months]);
        later.dedup();
        for month in later {
            let now = both(month);
            row(self.end_of(month), now.0, now.1);
        }
        page.table(table);
        page.sentence(self.causes_in_words(month));
        page.gap();
    }

    /// What each cause did to wealth in `month`, as shares of it.
    fn causes_in_words(&self, month: u32) -> String {
        let before = self.wealth(month - 1, "path").unwrap_or(0.0);
        let part = &self.months[month as usize - 1];
        let Some(world) = part.worlds.get("path").filter(|_| before > 0.0) else {
            return "There was nothing left to lose.".to_owned();
        };
        let mut parts = vec![format!("the markets {}", points(market(world) / before))];
        for (cause, heading) in OTHERS {
            let moved = cause_of(world, cause);
            if moved != 0.0 {
                parts.push(format!("{heading} {}", points(moved / before)));
            }
        }
        let mut text = format!(
            "The month by causes, in % of wealth at its start: {}; together {}.",
            parts.join(", "),
            points(world.wealth / before - 1.0)
        );
        let sold = part.agents.as_ref().map_or(0.0, |agents| agents.sold);
        if sold > 0.0 {
            text.push_str(&format!(
                " From its start to the trough it fell by {}.",
                per_cent(1.0 - world.trough / before, 1)
            ));
        }
        text
    }

    fn write_months(&self, months: &[MonthPart], page: &mut Document) {
        let has = |cause: &&(&str, &str)| {
            let worlds = months.iter().map(|month| &month.worlds["path"]);
            worlds
                .into_iter()
                .any(|world| cause_of(world, cause.0) != 0.0)
        };
        let others: Vec<_> = OTHERS.iter().filter(has).collect();
        let has_regime = months.iter().any(|month| month.regime.is_some());
        let has_loop = months.iter().any(|month| month.agents.is_some());
        let mut headings = vec!["month"];
        if has_regime {
            headings.push("");
        }
        headings.extend(["wealth", "change", "markets"]);
        headings.extend(others.iter().map(|(_, heading)| *heading));
        if has_loop {
            headings.push("sold");
        }
        let mut table = Table::of(&headings, 1 + usize::from(has_regime));
        for part in months {
            let causes: Vec<&str> = others.iter().map(|(cause, _)| *cause).collect();
            table.texts(self.month_row(part, &causes, has_regime, has_loop));
        }
        let title = match months.len() {
            1 => "THE MONTH",
            _ => "MONTH BY MONTH",
        };
        page.fine(format!(
            "{title}, changes in % of wealth at the start of the month"
        ));
        page.table(table);
        let mut notes = Vec::new();
        if has_regime {
            notes.push("! marks months of crisis");
        }
        if has_loop {
            notes.push("sold is the share of all agents, by money, that sold");
        }
        if !notes.is_empty() {
            page.sentence(format!("{}.", notes.join("; ")));
        }
        page.gap();
    }

    fn month_row(
        &self,
        part: &MonthPart,
        causes: &[&str],
        has_regime: bool,
        has_loop: bool,
    ) -> Vec<String> {
        let world = &part.worlds["path"];
        let before = self.wealth(part.month - 1, "path").unwrap_or(0.0);
        let share = |amount: f64| match before > 0.0 {
            true => points(amount / before),
            false => "–".to_owned(),
        };
        let mut row = vec![part.date.clone()];
        if has_regime {
            let mark = if part.regime == Some("crisis") {
                "!"
            } else {
                ""
            };
            row.push(mark.to_owned());
        }
        row.push(money(&self.scenario.currency, world.wealth));
        row.push(share(world.wealth - before));
        row.push(share(market(world)));
        row.extend(causes.iter().map(|cause| match cause_of(world, cause) {
            0.0 => String::new(),
            moved => share(moved),
        }));
        if has_loop {
            let sold = part.agents.as_ref().map_or(0.0, |agents| agents.sold);
            row.push(match sold {
                0.0 => String::new(),
                sold => per_cent(sold, 0),
            });
        }
        row
    }

    fn write_balance(&self, page: &mut Document) {
        let imbalance = self.largest_imbalance;
        match imbalance <= BALANCED {
            true => page.fine(format!(
                "In each month the changes of all balances, netted per account, add up to zero: they \
                 are off by at most {imbalance:.0e} of what moved in it."
            )),
            false => page.fine(format!(
                "! The books of this path do not balance: in one month they are off by \
                 {imbalance:.0e} of what moved in it. That is a fault of the program; please report it."
            )),
        }
    }

    fn column(&self, name: &str) -> Option<f64> {
        self.columns.get(name).copied()
    }

    /// Wealth at the end of `month` in `world`, day one included.
    fn wealth(&self, month: u32, world: &'static str) -> Option<f64> {
        match month {
            0 => self.opening.get(world).copied(),
            month => {
                let part = &self.months[month as usize - 1];
                part.worlds.get(world).map(|world| world.wealth)
            }
        }
    }

    /// `end of Mar 2031`
    fn end_of(&self, month: u32) -> String {
        match month {
            0 => format!("start of {}", spoken_month(&self.scenario.start)),
            month => format!("end of {}", self.spoken(month)),
        }
    }

    /// `Mar 2031`
    fn spoken(&self, month: u32) -> String {
        spoken_month(&self.months[month as usize - 1].date)
    }
}

fn cause_of(world: &WorldPart, cause: &str) -> f64 {
    world.causes.get(cause).copied().unwrap_or(0.0)
}

/// What the markets did without the agents, jumps apart.
fn market(world: &WorldPart) -> f64 {
    MARKET.iter().map(|cause| cause_of(world, cause)).sum()
}

/// `+2.1`, `−14.2`: a share in hundredths.
fn points(share: f64) -> String {
    let text = format!("{:.1}", 100.0 * share.abs());
    match (share < 0.0, text.as_str()) {
        (_, "0.0") => text,
        (true, _) => format!("−{text}"),
        (false, _) => format!("+{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_has_a_sign_unless_it_rounds_to_nothing() {
        assert_eq!(points(0.0213), "+2.1");
        assert_eq!(points(-0.142), "−14.2");
        assert_eq!(points(-0.0002), "0.0");
    }
}
