//! Results on `report.html`: opening sentences, ranges and risks, waterfall, causes, loss events, assets, agents,
//! gates, warnings.
//!
//! In: a report. Out: blocks of its page. Not here: the order of topics (`html`), the opening sentences
//! (`templates/page.txt.j2`), digits (`figure::rule`).

use super::Studies;
use crate::book::Cause;
use crate::figure::rule::{change, percent, shown};
use crate::figure::{Quantity, money, n_largest, spoken_month, written};
use crate::page::{Block, Form, Page, Table, Text};
use crate::record::id;
use crate::report::measure::{Measure, quantity};
use crate::report::screens::rendered;
use crate::report::{About, AssetPart, Report, Warning, labels, mechanisms};
use crate::scenario::label_of_name;
use crate::stats::{label_of, look_up, unit_of};
use serde_json::json;

/// Rows of the page's table of percentiles: label, and the id of the measure without its percentile (`.p05`).
const RANGES: [(&str, &str); 7] = [
    ("Final wealth", id::REAL_WEALTH),
    ("The same in an index fund, before tax", id::INDEX_FUND),
    ("The same in a savings account, before tax", id::SAVINGS),
    ("Net income a month, last 12 months", id::REAL_INCOME),
    ("Return a year on money invested (IRR)", id::REAL_IRR),
    ("Return a year, time-weighted", id::REAL_RETURN),
    ("Maximum drawdown (worst first)", id::DRAWDOWN),
];

/// Part of the cost of loss events from which a difference between two tables needs an explanation.
const VISIBLE: f64 = 0.01;

impl Report {
    /// Writes the lines below the title of the page, and the box with the most important sentences.
    pub(super) fn write_answer(&self, beside: &Studies, page: &mut Page) {
        let mut facts = self.screen_facts();
        facts["main_losses"] = json!(self.main_losses());
        facts["has_costliest"] = json!(self.has_costliest_event());
        let finding = beside.finding();
        facts["finding_paths"] = json!(finding.as_ref().map(|(_, paths)| paths));
        facts["finding"] = json!(finding.map(|(said, _)| said));
        let said = rendered("page.txt.j2", &facts, Form::default()).into_text();
        let mut lines = said.lines().filter(|line| !line.is_empty());
        let n_fine = 1 + usize::from(self.scenario.report.is_some());
        lines.by_ref().take(n_fine).for_each(|line| page.fine(line));
        let summary: Vec<Text> = lines.map(Text::from).collect();
        if !summary.is_empty() {
            page.push(Block::Summary(summary));
        }
    }

    /// Returns the cause that costs most on the worst 5 % of paths: its label, and the loss as a positive figure.
    /// There are two causes if one of them costs most, and three if yet another one may.
    fn main_losses(&self) -> Vec<(&'static str, Measure)> {
        let all = self.losses_by_cause();
        let losses = all.iter().filter(|(_, [_, worst])| worst.value < 0.0);
        let sizes: Vec<Quantity> = losses.clone().map(|(_, both)| quantity(both[1]).size()).collect();
        let most = losses.take(n_largest(&sizes).unwrap_or(3));
        most.map(|(id, [_, worst])| (labels::cause_of(id, worst.value), worst.negative())).collect()
    }

    /// True if the first loss event clearly costs most.
    fn has_costliest_event(&self) -> bool {
        let means = self.events().into_iter().filter_map(|event| self.of_event(event, id::EVENT_LOSS_MEAN));
        n_largest(&means.map(quantity).collect::<Vec<_>>()) == Some(1)
    }

    /// Writes the table of percentiles and the table of risk measures.
    pub(super) fn write_results(&self, page: &mut Page) {
        let has_flows = self.has_flows();
        let ranges =
            RANGES.iter().filter(|(_, id)| *id != id::REAL_IRR || has_flows).filter_map(|(label, id)| {
                let level = |level| Some(self.shown(self.measure(&format!("{id}.{level}"))?));
                let [worst, middle, best] = ["p05", "p50", "p95"].map(level);
                let (worst, best) = if *id == id::DRAWDOWN { (best, worst) } else { (worst, best) };
                Some([(*label).into(), worst?, middle?, best?])
            });
        page.table(Table::of(["", ">5th percentile", ">median", ">95th percentile"], ranges));
        let of_loss = |id: &str| self.measure(id).filter(|_| self.scenario.money_in > 0.0);
        let loss = if has_flows {
            "Probability of loss, withdrawals counted as received"
        } else {
            "Probability of loss"
        };
        let risks = [
            (loss, of_loss(id::LOSS_PROBABILITY)),
            ("Expected shortfall 95 %", of_loss(id::EXPECTED_SHORTFALL_95)),
            ("Value at risk 95 %", of_loss(id::VALUE_AT_RISK_95)),
            ("Probability of ruin", self.ruin_probability()),
            ("Probability to end above the index fund", self.measure(id::ABOVE_INDEX_FUND)),
        ];
        page.table(self.figures(">", &risks));
    }

    /// Writes the warnings about this program version, or all others if `of_version` is false.
    pub(super) fn write_warnings(&self, of_version: bool, page: &mut Page) {
        let about = |warning: &&Warning| (warning.about == About::Version) == of_version;
        for warning in self.warnings.iter().filter(about) {
            page.warning(Text::message(&warning.text));
        }
    }

    pub(super) fn write_gates(&self, page: &mut Page) {
        let rows = self.gates.iter().map(|gate| {
            let limits = [(">", gate.above), ("<", gate.below)].into_iter().filter_map(|(sign, limit)| {
                let limit = written(unit_of(&gate.measure), &self.scenario.currency, limit?);
                Some(format!("{sign} {limit}"))
            });
            let answer = gate.answer.as_ref();
            [
                Text::code(&gate.id),
                label_of(&gate.measure).into(),
                answer.map_or("–".into(), |answer| self.shown(answer)),
                limits.collect::<Vec<_>>().join(" and ").into(),
                gate.verdict.word().into(),
            ]
        });
        page.table(Table::of(["gate", "measure", ">figure", ">limit", "verdict"], rows));
    }

    pub(super) fn write_waterfall(&self, page: &mut Page) {
        if let Some((bridge, claim)) = self.waterfall().zip(self.scenario.claim.as_ref()) {
            let first = if claim.is_assumed { "Assumed (catalog)" } else { "Claimed" };
            let first = [first.into(), percent(bridge.claim).into(), "".into()];
            let steps = bridge.steps.iter().filter(|step| step.change.value != 0.0).map(|step| {
                [
                    step.title.as_str().into(),
                    shown(&step.median, "").value().into(),
                    change(&step.change, "").into(),
                ]
            });
            let rows = [first].into_iter().chain(steps);
            page.table(Table::of(["", ">median return a year", ">change"], rows));
        }
        // expected returns of mechanisms against the claimed ones
        let rows = self
            .scenario
            .assets
            .iter()
            .filter_map(|asset| Some((label_of_name(&asset.name).into(), asset.mechanism.as_ref()?)));
        if let Some(table) = mechanisms::table("claimed", rows) {
            page.part("Claimed and expected return of a year", mechanisms::SAID, table);
        }
    }

    pub(super) fn write_causes(&self, page: &mut Page) {
        let rows = self.by_cause().into_iter().map(|(id, [mean, worst])| {
            let ruined = self.measure(&id::of(id::RUIN_BY_CAUSE, id)).filter(|ruin| ruin.value > 0.0);
            let ruin = ruined.map(|ruin| shown(ruin, "").value());
            [
                labels::cause_of(id, mean.value).into(),
                self.shown(mean),
                self.shown(worst),
                ruin.unwrap_or_default().into(),
            ]
        });
        let headings = ["", ">mean", ">mean of the worst 5 %", ">main cause of ruin, share of all paths"];
        page.table(Table::of(headings, rows).without_empty());
        if self.has_cut_income() {
            page.fine(
                "Income that loss events cut lowers “Income”, and earning power that they take is “Decay”. Neither is in \
                 “Loss events” of this table.",
            );
        }
    }

    /// True if the loss events cost more than their cause takes, because some of them cut income.
    fn has_cut_income(&self) -> bool {
        let by_event =
            self.events().into_iter().filter_map(|event| self.of_event(event, id::EVENT_LOSS_MEAN));
        let lost: f64 = by_event.map(|mean| mean.value).sum();
        let taken = self.measure(&id::of(id::CAUSE_MEAN, Cause::Event.id()));
        lost + taken.map_or(0.0, |taken| taken.value) > VISIBLE * lost
    }

    /// Writes all measures of the drawdown, such as depth and duration.
    pub(super) fn write_drawdown(&self, page: &mut Page) {
        // all ids that begin with `drawdown.`: `/` is the character after the dot
        let all = self.measures.range("drawdown.".to_owned().."drawdown/".to_owned());
        let rows = all.map(|(id, measure)| [self.title_of(id).into(), self.shown(measure)]);
        page.table(Table::of(["", ">"], rows));
    }

    pub(super) fn write_events(&self, page: &mut Page) {
        let rows = self.events().into_iter().map(|event| {
            let figures = [id::EVENT_PROBABILITY, id::EVENT_LOSS_MEAN, id::EVENT_LOSS_P95];
            let [probability, mean, p95] = figures.map(|id| {
                let measure = self.of_event(event, id);
                measure.map_or("–".into(), |measure| self.shown(measure))
            });
            let month = event.at.as_deref().map(spoken_month);
            let probability = month.map_or(probability, |month| format!("in {month}").into());
            [event.label.as_str().into(), probability, mean, p95]
        });
        page.table(Table::of(["", ">probability", ">mean cost", ">95th percentile"], rows));
        let premiums = self.measure(&id::of(id::CAUSE_MEAN, Cause::Premium.id())).map(Measure::negative);
        let payouts = self.measure(id::PAYOUTS_MEAN);
        if premiums.is_some() && payouts.is_some() {
            let rows = [
                ("Insurance premiums", premiums.as_ref()),
                ("Insurance payouts", payouts),
                ("Insured losses not paid", self.measure(id::MISSED_MEAN)),
                ("Payouts beyond the losses", self.measure(id::BEYOND_MEAN)),
            ];
            page.part("Insurance", "", self.figures(">mean", &rows));
        }
    }

    pub(super) fn write_assets(&self, page: &mut Page) {
        let rows = self.scenario.assets.iter().map(|asset| {
            [
                label_of_name(&asset.name).into(),
                Text::code(&asset.class),
                money(&self.scenario.currency, asset.value).into(),
                label_of_name(&asset.market).into(),
            ]
        });
        page.part("Holdings", "", Table::of(["holding", "class", ">value at the start", "market"], rows));
        self.write_contributions(page);
    }

    /// Writes the contribution of each asset to the risk, the largest first, and the sums.
    fn write_contributions(&self, page: &mut Page) {
        let both = |ids: [&str; 2]| Some([self.measure(ids[0])?, self.measure(ids[1])?]);
        let of = |id: &str| both([&format!("{id}.es95"), &format!("{id}.sd")]);
        let of_asset = |asset: &AssetPart| {
            Some((label_of_name(&asset.name), of(&id::of(id::CONTRIBUTION, &asset.name))?))
        };
        let mut rows: Vec<(String, [&Measure; 2])> =
            self.scenario.assets.iter().filter_map(of_asset).collect();
        if rows.is_empty() {
            return;
        }
        rows.sort_by(|(_, a), (_, b)| b[0].value.total_cmp(&a[0].value));
        let sizes = rows.iter().flat_map(|(_, both)| both.map(|one| one.value.abs()));
        let rounding = 1e-9 * sizes.fold(0.0, f64::max);
        let rest =
            of(id::OWNER_CONTRIBUTION).filter(|both| both.iter().any(|one| one.value.abs() > rounding));
        rows.extend(rest.map(|rest| ("Not attributable".to_owned(), rest)));
        let all = both([id::EXPECTED_SHORTFALL_95, id::LOSS_SD]);
        rows.extend(all.map(|all| ("All".to_owned(), all)));
        let rows = rows.into_iter().map(|(name, [shortfall, deviation])| {
            [name.into(), self.shown(shortfall), self.shown(deviation)]
        });
        let headings = ["", ">expected shortfall 95 %", ">standard deviation of the loss"];
        let meaning = "Contributions add up. A negative one lowers the risk.";
        page.part("Risk by asset", meaning, Table::of(headings, rows));
    }

    pub(super) fn write_agents(&self, page: &mut Page) {
        let crash = self.scenario.crash.as_ref();
        let Some(crash) = crash.filter(|_| self.has_agent_effect()) else {
            return;
        };
        let labeled = [
            ("Probability of loss", id::LOSS_PROBABILITY),
            ("Mean maximum drawdown", id::DRAWDOWN_MEAN),
            ("Median final wealth", id::REAL_WEALTH_P50),
        ];
        let changes = labeled.into_iter().filter_map(|(label, id)| {
            let measure = self.measure(&id::added(id))?;
            let text = change(measure, &self.scenario.currency);
            Some([label.into(), text.into()])
        });
        page.table(Table::of(["", ">change by agent selling"], changes));
        let often = [id::FULL_CASCADE, id::SELLING_MONTHS, id::CRASH_MONTHS]
            .map(|id| (look_up(id).map_or("", |of| &of.title), self.measure(id)));
        page.table(self.figures(">", &often));
        let gains = [("Normal regime", crash.gain), ("Crisis regime", crash.gain.and(crash.gain_in_crisis))]
            .into_iter()
            .filter_map(|(label, gain)| Some([label.into(), format!("{:.2}", gain?).into()]));
        page.table(Table::of(["feedback gain (above 1: self-reinforcing)", ">"], gains));
    }
}
