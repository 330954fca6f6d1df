//! Effect `income-cut`: a loss event cuts income, which recovers over time; the value stays.
//!
//! ```text
//! each month   c ← c·2^(−1/h)          c: fraction of income cut; h: `recovery`; without it c stays
//! loss event   c ← 1 − (1 − c)(1 − S)  S drawn from `severity`, in full from this month on
//! paid         income·(1 − c)
//! ```

use super::{Effect, Payer, Severity, Strike, Takes, Target};
use crate::asset::Coefficient;
use crate::form::{Drawn, Group, Keys, Kind, Preset, Table};
use crate::math::elementary::exp;
use crate::parameters;
use crate::stage::{Build, Cx, Phase, Uncertain};
use crate::units::Delay;
use std::sync::Arc;

pub const KIND: Kind<dyn Effect> = Kind {
    id: "income-cut",
    doc: "Cuts the income of every asset it affects, which then recovers over time. Values do not change.",
    example: "severity = { alpha = 2, beta = 3 }\nrecovery = \"6 months\"\n",
    fields: IncomeCut::FIELDS,
    read: |reader| Arc::new(Cutting { keys: IncomeCut::take(reader), strikes_units: false }),
};

parameters! {
    /// Cuts the income of the affected assets.
    pub struct IncomeCut {
        /// Share that is lost, of the value after the market's move or of the income from that month on. It is a
        /// share, a range with equally likely values, or the shapes of a beta law.
        severity: Severity = Preset::Class,
        /// Time after which half of the cut has recovered. 0 cuts only the month of the event; if absent, nothing
        /// recovers.
        recovery: Option<Drawn<Delay>> = Preset::Class => "\"6 months\"",
    }
}

/// Effect `income-cut`, or `units-decay`, which makes units decay instead of cutting their income.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cutting {
    pub keys: IncomeCut,
    pub strikes_units: bool,
}

impl Keys for Cutting {
    fn keys(&self) -> Table {
        self.keys.keys()
    }
}

impl Effect for Cutting {
    fn takes(&self) -> Takes {
        Takes::Income
    }

    fn is_fixed(&self) -> bool {
        self.keys.severity.is_fixed()
    }

    fn strikes_units(&self) -> bool {
        self.strikes_units
    }

    fn build(&self, strike: Strike, targets: Vec<Target>, _: Option<Payer>, build: &mut Build) {
        // fraction of a cut that remains after one month
        let kept = match &self.keys.recovery {
            None => Coefficient::Same(1.0),
            Some(half_life) => {
                let months = build.drawn("recovery", half_life);
                Coefficient::from([months], build, |[months]| {
                    if months > 0.0 { exp(-core::f64::consts::LN_2 / months) } else { 0.0 }
                })
            }
        };
        let severity = self.keys.severity.law();
        build.step(
            Phase::Loss,
            "Cut",
            #[inline(always)]
            move |cx| {
                if kept != Coefficient::Same(1.0) {
                    let kept = kept.of_paths(cx.rows);
                    for row in targets.iter().filter_map(|target| target.cut) {
                        cx.rows.get_mut(row).each(|lane, cut| cut * kept[lane]);
                    }
                }
                for lane in strike.affected(cx).iter() {
                    cut(&strike, &targets, &severity, cx, lane);
                }
            },
        );
    }
}

/// Cuts the income of the targets that the event reaches on one path, or makes their units decay.
fn cut(strike: &Strike, targets: &[Target], severity: &Uncertain, cx: &mut Cx<'_>, lane: usize) {
    let path = Strike::path(cx, lane);
    let [size, _] = strike.sizes.uniform2(path, cx.month.index, 0);
    let share = severity.at(size);
    let (mut has_any, mut lost) = (false, 0.0);
    for (target, number) in targets.iter().zip(1..) {
        if !strike.reaches(cx, target, 1.0, lane) {
            continue;
        }
        let value = cx.book.value(target.value)[lane];
        if target.is_launched && value <= 0.0 {
            continue;
        }
        if let Some(units) = target.units {
            let [drawn, _] = strike.sizes.uniform2(path, cx.month.index, number);
            let part = units.fell(cx.rows, lane, drawn, share);
            has_any |= part > 0.0 && value > 0.0;
            lost += value * part;
        } else if let Some(row) = target.cut {
            let cut = &mut cx.rows.get_mut(row)[lane];
            *cut = 1.0 - (1.0 - *cut) * (1.0 - share);
            // the lost money is recorded when income is paid
            has_any |= share > 0.0 && value > 0.0;
        }
    }
    if has_any {
        strike.note(cx, lane, lost);
    }
}
