//! A path on the screen: what was chosen, the crash, the owner's money, month by month.
//!
//! In: a [`ReplayReport`], the width of the terminal. Out: plain text. Not here: the anatomy of the
//! crash (`crash_text`).

use super::anatomy::MONTHS_AFTER;
use super::crash_text;
use super::document::{ReplayReport, date_of, regime};
use crate::figure::spoken_month;
use crate::figure::{grouped, money, per_cent};
use crate::page::{Cell, Document, Table};
use crate::record::{DEEPEST_SALE, RUIN_MONTH, WEALTH};
use crate::study::Chosen;

/// Causes that share a column: what the markets did by themselves.
const MARKET: [&str; 2] = ["drift", "shock"];

/// Causes with a column of their own, where they occur at all, and its heading.
const OTHERS: [(&str, &str); 16] = [
    ("jump", "jumps"),
    ("impermanent-loss", "imp. loss"),
    ("loop", "agents"),
    ("event", "events"),
    ("decay", "decay"),
    ("overpaid", "overpaid"),
    ("launch", "launches"),
    ("income", "income"),
    ("cost", "costs of order"),
    ("premium", "premiums"),
    ("payout", "payouts"),
    ("tax", "tax"),
    ("spending", "spending"),
    ("contribution", "came in"),
    ("haircut", "trade costs"),
    ("unpaid", "unpaid"),
];

/// Beyond this the book of a path does not balance.
const BALANCED: f64 = 1e-9;

impl ReplayReport {
    /// The screen that `replay` prints. Every month of the path has a line, unless one was `asked`
    /// for: that one has the only line, and its anatomy where there are agents.
    pub fn to_text(&self, width: usize, asked: Option<u32>) -> String {
        let mut page = Document::new(self.scenario.title.as_str());
        self.write_head(&mut page);
        if let Some(crash) = &self.crash {
            page.fine(format!(
                "{}, MONTH {} OF {}",
                self.spoken(crash.month).to_uppercase(),
                crash.month,
                self.scenario.months
            ));
            crash_text::write(crash, &mut page);
            self.write_money(crash.month, &mut page);
        }
        let (first, last) = asked.map_or((1, self.scenario.months), |month| (month, month));
        self.write_months(first, last, &mut page);
        self.write_balance(&mut page);
        page.to_text(width)
    }

    pub(super) fn write_head(&self, page: &mut Document) {
        let scenario = &self.scenario;
        page.fine(format!(
            "path {} of {}, counted from 0 · {} · {} to {} · money of its day",
            grouped(self.replay.path),
            grouped(scenario.paths),
            scenario.seeds,
            self.spoken(1),
            self.spoken(scenario.months),
        ));
        page.gap();
        page.sentence(self.chosen_in_words());
        page.sentence(self.end_in_words());
        for sentence in self.sold_by_lenders() {
            page.sentence(sentence);
        }
        let managed = self.managed();
        if !managed.is_empty() {
            let own = managed.iter();
            let own = own.map(|(asset, cluster)| format!("of {asset} sells with {cluster}"));
            let own = own.collect::<Vec<_>>().join(", that ");
            page.sentence(format!("Your own agent {own}; that is in the figures."));
        }
        page.gap();
    }

    fn chosen_in_words(&self) -> String {
        let paths = grouped(self.scenario.paths);
        let worst = self.worst_in_words();
        match self.chosen {
            Chosen::Asked if self.replay.column(DEEPEST_SALE).is_none() => {
                "This scenario has no agents that sell together.".to_owned()
            }
            Chosen::Asked => worst.map_or_else(
                || "Agents' sales never took any of your wealth.".to_owned(),
                |worst| format!("Agents' sales took most in this path's worst month: {worst}"),
            ),
            Chosen::DeepestSale => format!(
                "Of {paths} paths this one has the month in which agents' sales took most: {}",
                worst.unwrap_or_default()
            ),
            Chosen::LowestWealth => format!(
                "Of {paths} paths this is the first one of those that end with the least; the scenario has no agents \
                 that sell together, so there is no crash to choose by."
            ),
            Chosen::LowestWealthWithoutSales => format!(
                "On none of {paths} paths did agents' sales take anything; this is the first one of those that end \
                 with the least."
            ),
        }
    }

    /// The month in which money runs out, if nothing is left.
    fn ruined(&self) -> Option<u32> {
        let month = self
            .replay
            .column(RUIN_MONTH)
            .filter(|month| *month > 0.0)?;
        let is_left = self.replay.column(WEALTH) != Some(0.0);
        (!is_left).then_some(month as u32)
    }

    /// When lenders sold.
    fn sold_by_lenders(&self) -> Vec<String> {
        let lenders = self.replay.legend.lenders.iter();
        let sold = lenders.filter_map(|(asset, standing)| {
            let mut months = 1..=self.scenario.months;
            let stands = |month: &u32| {
                self.replay.months[*month as usize].worlds[0]
                    .rows
                    .get(*standing)
                    > 0.0
            };
            let month = months.find(|month| !stands(month))?;
            Some(format!(
                "In {} the lender of {asset} sells.",
                self.spoken(month)
            ))
        });
        sold.collect()
    }

    /// What agents' sales took in the worst month, by name, and that another one is told.
    fn worst_in_words(&self) -> Option<String> {
        let taken = self
            .replay
            .column(DEEPEST_SALE)
            .filter(|taken| *taken > 0.0)?;
        let worst = self.replay.worst_sale()?;
        let mut text = format!(
            "at the trough of {}, {} of what you had just before them.",
            self.spoken(worst),
            per_cent(taken, 1)
        );
        if let Some(told) = self.crash.as_ref().filter(|told| told.month != worst) {
            let told = self.spoken(told.month);
            text.push_str(&format!(" What follows is about {told}, another month."));
        }
        Some(text)
    }

    fn end_in_words(&self) -> String {
        let last = &self.replay.months[self.scenario.months as usize];
        let mut ends = last.worlds.iter().map(|world| self.money(world.wealth));
        let own = ends.next().unwrap_or_default();
        match ends.next() {
            Some(twin) => {
                format!("It ends with {own}; without the agents, on the same draws, with {twin}.")
            }
            None => format!("It ends with {own}."),
        }
    }

    /// The owner's money around `month`, with and without the agents.
    fn write_money(&self, month: u32, page: &mut Document) {
        let mut table = Table::new(&["your wealth", ">with the agents", ">without them"]);
        let last = self.scenario.months;
        let later = match (month + MONTHS_AFTER).min(last) {
            year if year == month => last,
            year => year,
        };
        let mut ends = vec![month - 1, month, later, last];
        ends.dedup();
        for end in ends {
            if end == month && self.sold(month) > 0.0 {
                let lowest = self.money(self.replay.months[month as usize].worlds[0].trough);
                table.texts(vec!["at the trough".to_owned(), lowest, "–".to_owned()]);
            }
            let worlds = &self.replay.months[end as usize].worlds;
            let amount = |world: usize| match worlds.get(world) {
                Some(world) => self.money(world.wealth),
                None => "–".to_owned(),
            };
            let label = match end {
                0 => format!("start of {}", self.spoken(1)),
                month => format!("end of {}", self.spoken(month)),
            };
            table.texts(vec![label, amount(0), amount(1)]);
        }
        page.table(table);
        page.gap();
    }

    /// A line for each of these months; columns in which nothing stands are left out.
    fn write_months(&self, first: u32, last: u32, page: &mut Document) {
        let has_loop = self.replay.legend.crash.is_some();
        let has_regime = self.replay.legend.crisis.is_some();
        let mut headings = vec!["month", "", ">wealth", ">change", ">markets"];
        let at_once = match self.at_once().as_slice() {
            ["prescribed falls"] => "falls",
            _ => "jumps",
        };
        let others = OTHERS.map(|(cause, heading)| match cause {
            "jump" => format!(">{at_once}"),
            _ => format!(">{heading}"),
        });
        headings.extend(others.iter().map(String::as_str));
        headings.push(">sold");
        let mut table = Table::new(&headings);
        // of who is ruined there is nothing to tell
        let told = match self.ruined() {
            Some(month) => last.min(month.max(first)),
            None => last,
        };
        for month in first..=told {
            let cells = self.month_row(month).into_iter().map(Cell::from);
            let struck = self.struck(month).collect::<Vec<_>>().join(", ");
            let struck = (!struck.is_empty()).then(|| format!("struck: {struck}").into());
            table.row_with(cells.collect(), Vec::from_iter(struck));
        }
        let title = match first == last {
            true => "THE MONTH",
            false => "MONTH BY MONTH",
        };
        page.fine(format!(
            "{title}, changes in % of wealth at the start of the month"
        ));
        page.table(table.without_empty());
        if told < last {
            let next = self.spoken(told + 1);
            page.sentence(format!("From {next} on nothing is there."));
        }
        let notes = [
            (at_once == "falls", "falls are those that are prescribed"),
            (self.at_once().len() > 1, "jumps include prescribed falls"),
            (has_regime, "! marks months of crisis"),
            (
                has_loop,
                "sold is the share of all agents, by money, that sold",
            ),
        ];
        let notes = notes.into_iter().filter(|(is_so, _)| *is_so);
        let notes: Vec<&str> = notes.map(|(_, note)| note).collect();
        if !notes.is_empty() {
            page.sentence(format!("{}.", notes.join("; ")));
        }
        page.gap();
    }

    fn month_row(&self, month: u32) -> Vec<String> {
        let (before, now) = (self.wealth(month - 1), self.wealth(month));
        let (markets, others) = self.moved(month);
        let share = |amount: f64| match before > 0.0 {
            true => points(amount / before),
            false => "–".to_owned(),
        };
        let crisis = match regime(&self.replay, month) {
            Some("crisis") => "!",
            _ => "",
        };
        let mut row = vec![date_of(&self.scenario, month), crisis.to_owned()];
        row.extend([self.money(now), share(now - before), share(markets)]);
        row.extend(others.map(|moved| match moved {
            0.0 => String::new(),
            moved => share(moved),
        }));
        row.push(match self.sold(month) {
            0.0 => String::new(),
            sold => per_cent(sold, 0),
        });
        row
    }

    /// What the markets did in `month` without the agents, jumps apart, and each of the other causes.
    fn moved(&self, month: u32) -> (f64, [f64; OTHERS.len()]) {
        let causes = self.causes(0, month);
        let of = |cause: &str| causes.get(cause).copied().unwrap_or(0.0);
        (
            MARKET.into_iter().map(of).sum(),
            OTHERS.map(|(cause, _)| of(cause)),
        )
    }

    /// What moves prices at once: jumps of the holdings, falls that the scenario prescribes.
    fn at_once(&self) -> Vec<&'static str> {
        let mut assets = self.scenario.assets.iter();
        let kinds = [
            (assets.any(|asset| asset.jumps.is_some()), "jumps"),
            (!self.scenario.shocks.is_empty(), "prescribed falls"),
        ];
        let kinds = kinds.into_iter().filter(|(is_there, _)| *is_there);
        kinds.map(|(_, kind)| kind).collect()
    }

    pub(super) fn write_balance(&self, page: &mut Document) {
        let imbalance = self.replay.largest_imbalance();
        if imbalance > BALANCED {
            page.fine(format!(
                "! The books of this path do not balance: in one month they are off by \
                 {imbalance:.0e} of what moved in it. That is a fault of the program; please report it."
            ));
        }
    }

    fn money(&self, amount: f64) -> String {
        money(&self.scenario.currency, amount)
    }

    /// At the end of `month`, day one included.
    fn wealth(&self, month: u32) -> f64 {
        self.replay.months[month as usize].worlds[0].wealth
    }

    /// Share of all agents that sold in `month`.
    fn sold(&self, month: u32) -> f64 {
        self.replay.months[month as usize].worlds[0].sold
    }

    /// `Mar 2031`
    fn spoken(&self, month: u32) -> String {
        spoken_month(&date_of(&self.scenario, month))
    }
}

/// `+2.1`, `−14.2`: a share in hundredths.
fn points(share: f64) -> String {
    crash_text::change(share).trim_end_matches(" %").to_owned()
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
