//! Probability of ending with at least each level of wealth.
//!
//! In: paths in bins of wealth. Out: a picture. Not here: the bins (`facts`), the histogram (`terminal`).

use super::{PictureKind, RunSource, when};
use crate::chart::{Axis, Ink, Layer, Line, NamedLine, Paint, Scale, Shape, Spec};
use crate::figure::{hits, of_chart as percent, percent_tick, share_of, span};
use crate::record::id;
use crate::report::facts::HistogramPart;

pub const KIND: PictureKind = PictureKind {
    id: "wealth_levels",
    title: "Probability of reaching each level of wealth",
    doc: "Share of paths that end with at least the amount on the axis, real. The dashed line is the money invested, \
          with the share of paths that end with at least that. The axis is that of the final wealth.",
    of: Some(of),
};

/// Number of paths below which 5 % of them, a fraction that the title names, is less than one path.
const FEWEST: u64 = 20;

fn of(source: &RunSource<'_>) -> Option<Spec> {
    let (setting, wealth) = (&source.setting, source.report.distributions.wealth.as_ref()?);
    let (upper, highest) = (source.measured(id::REAL_WEALTH_P75)?, source.measured(id::REAL_WEALTH_P95)?);
    let (low, high) = wealth.axis.ends();
    if upper.value <= 0.0 || upper.value >= high {
        return None;
    }
    let [most, few] = [upper, highest].map(|amount| setting.measured(amount));
    // no picture if many paths end alike, or if there are too few paths for percentages
    if most == few || wealth.paths < FEWEST {
        return None;
    }
    let invested = source.report.scenario.money_in;
    let keeping = source.report.distributions.keeping_paths.filter(|_| (low..=high).contains(&invested));
    let mut layers = vec![Layer::Line(reached(wealth), Line::new(Ink::Blue, 2.4))];
    let kept = keeping.map(|n| share_of(n, wealth.paths));
    let mark = kept.map(|share| {
        layers.push(Layer::Dot((invested, share.value), 4.5, Paint::solid(Ink::Text)));
        let name = format!("{} invested: {} of paths", setting.money(invested), percent(share));
        NamedLine { x: invested, name, ink: Ink::Text }
    });
    let median = source.measured(id::REAL_WEALTH_P50)?;
    if median.value > low && kept.is_none_or(|share| !(0.4..0.6).contains(&share.value)) {
        let at = (median.value, 0.5);
        let text = format!("median {}", setting.measured(median));
        layers.extend(Layer::labelled_dot(at, text, Ink::Blue, [1.0, -1.0]));
    }
    let nothing = wealth.at_atom();
    if nothing.value > 0.0 {
        // between lines of the grid
        let at = (low, 1.0 - (nothing.value / 2.0).min(0.12));
        let gap = vec![(low, 1.0 - nothing.value), (low, 1.0)];
        layers.push(Layer::Line(gap, Line::new(Ink::Vermilion, 4.0)));
        let text = format!("{} end with nothing", percent(nothing));
        layers.push(Layer::Label(at, text, Ink::Vermilion, [1.0, 0.0]));
    }
    let amounts = Axis::new(wealth.axis, 11, |amount| setting.tick(amount)).named("final wealth");
    let shares = Axis::new(Scale::linear(0.0, 1.01), 5, percent_tick);
    let (years, basis) = (span(setting.years), &setting.basis);
    Some(Spec {
        finding: match keeping {
            Some(n) => {
                let is_rare = (0.001..0.5).contains(&share_of(n, wealth.paths).value);
                let kept = hits(n, wealth.paths, "keeps", "keep");
                format!("{}{kept} the {} invested", when(is_rare, "Only "), setting.money(invested))
            }
            None => format!("25 % of paths end above {most}, 5 % above {few}"),
        },
        reading: format!(
            "Share of paths that end with at least the amount on the axis after {years}, {basis}"
        ),
        shape: Shape::plot(amounts, shares, layers, Vec::new(), mark.into_iter().collect()),
    })
}

/// Returns each bin edge with the fraction of paths at or above it; a log axis leaves out an atom at zero.
fn reached(wealth: &HistogramPart) -> Vec<(f64, f64)> {
    let mut left = wealth.counts.iter().sum::<u64>() + wealth.above;
    let counts = wealth.counts.iter().copied().chain([0]);
    let shares = wealth.edges.iter().zip(counts).map(|(edge, here)| {
        let share = left as f64 / wealth.paths as f64;
        left -= here;
        (*edge, share)
    });
    shares.collect()
}
