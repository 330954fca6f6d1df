//! Tables of the results: waterfall, causes, loss events, assets, agents.
//!
//! In: a report. Out: blocks of its page. Not here: the order of topics (`html`), digits (`figure::rule`).

use crate::book::Cause;
use crate::figure::rule::{change, percent, shown};
use crate::figure::{money, spoken_month};
use crate::page::{Document, Table, Text};
use crate::record::id;
use crate::report::labels;
use crate::report::measure::Measure;
use crate::report::{AssetPart, Report, mechanisms};
use crate::scenario::label_of_name;
use crate::stats::look_up;

impl Report {
    pub(super) fn write_waterfall(&self, page: &mut Document) {
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

    pub(super) fn write_causes(&self, page: &mut Document) {
        let rows = self.by_cause().into_iter().map(|(id, [mean, worst])| {
            let ruin = self.measure(&id::of(id::RUIN_BY_CAUSE, id));
            let ruin = ruin.filter(|ruin| ruin.value > 0.0);
            let ruin = ruin.map(|ruin| shown(ruin, "").value());
            [labels::cause(id).into(), self.shown(mean), self.shown(worst), ruin.unwrap_or_default().into()]
        });
        let headings = ["", ">mean", ">mean of the worst 5 %", ">main cause of ruin, share of all paths"];
        page.table(Table::of(headings, rows).without_empty());
    }

    /// Writes all measures of the drawdown, such as depth and duration.
    pub(super) fn write_drawdown(&self, page: &mut Document) {
        // all ids that begin with `drawdown.`: `/` is the character after the dot
        let all = self.measures.range("drawdown.".to_owned().."drawdown/".to_owned());
        let rows = all.map(|(id, measure)| {
            let title = look_up(id).map_or(id.as_str(), |of| &of.title);
            [title.into(), self.shown(measure)]
        });
        page.table(Table::of(["", ">"], rows));
    }

    pub(super) fn write_events(&self, page: &mut Document) {
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

    pub(super) fn write_assets(&self, page: &mut Document) {
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
    fn write_contributions(&self, page: &mut Document) {
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

    pub(super) fn write_agents(&self, page: &mut Document) {
        let crash = self.scenario.crash.as_ref();
        let Some(crash) = crash.filter(|_| self.has_agent_effect()) else {
            return;
        };
        let changes = [
            ("Probability of loss", id::LOSS_PROBABILITY),
            ("Mean maximum drawdown", id::DRAWDOWN_MEAN),
            ("Median final wealth", id::REAL_WEALTH_P50),
        ];
        let changes = changes.into_iter().filter_map(|(label, id)| {
            let measure = self.measure(&id::added(id))?;
            let text = change(measure, &self.scenario.currency);
            Some([label.into(), text.into()])
        });
        page.table(Table::of(["", ">change by agent selling"], changes));
        let often = [id::FULL_CASCADE, id::SELLING_MONTHS, id::CRASH_MONTHS];
        let often = often.map(|id| (look_up(id).map_or("", |of| &of.title), self.measure(id)));
        page.table(self.figures(">", &often));
        let gains = [("Normal regime", crash.gain), ("Crisis regime", crash.gain.and(crash.gain_in_crisis))];
        let gains = gains
            .into_iter()
            .filter_map(|(label, gain)| Some([label.into(), format!("{:.2}", gain?).into()]));
        page.table(Table::of(["feedback gain (above 1: self-reinforcing)", ">"], gains));
    }
}
