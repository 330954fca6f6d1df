//! Title and subtitle: where a crash feeds itself, and how often the markets go there.
//!
//! In: the data. Out: sentences, each true of the numbers. Not here: drawing.

use super::marks::marked;
use super::{GainProfile, fall, gain_in_figures};
use crate::figure::{Quantity, of_chart as percent, one_in};
use crate::report::ReachPart;

pub fn finding(chart: &GainProfile) -> String {
    match chart.self_feeding {
        Some(reach) => feeds(chart, reach),
        None => {
            let crisis = match chart.thinning {
                Some(times) => format!(", in a crisis {}", gain_in_figures(chart.largest(times))),
                None => String::new(),
            };
            let gain = gain_in_figures(chart.largest(1.0));
            let first = chart.first_trigger;
            let often = match chart.is_still() && goes_there(chart, first) {
                true => "where only a prescribed fall went".to_string(),
                false => format!("in {}", one_in(first.month.quantity(), "month")),
            };
            format!(
                "No crash feeds itself: the gain is at most {gain}{crisis}; first sales from a fall of \
                 {}, {often}",
                depth(first.loss),
            )
        }
    }
}

fn feeds(chart: &GainProfile, reach: ReachPart) -> String {
    let gain_at = |loss: f64, times: f64| gain_in_figures(times * chart.gain_at(loss));
    let least = least(reach);
    let often = match (chart.is_still(), goes_there(chart, reach)) {
        (false, _) => {
            let often = one_in(reach.month.quantity(), "month");
            markets_alone(reach.loss, reach.loss_in_crisis, &often)
        }
        (true, true) => "only a prescribed fall went there".to_string(),
        (true, false) => "no month that was sampled fell so far".to_string(),
    };
    let gain = gain_at(reach.loss.unwrap_or(least), 1.0);
    let of_crisis = |(loss, times)| (loss, gain_at(loss, times));
    let crisis = reach.loss_in_crisis.zip(chart.thinning).map(of_crisis);
    match (reach.loss, crisis) {
        (Some(calm), Some((crisis, in_crisis))) if percent_of(calm) == percent_of(crisis) => {
            format!(
                "Past a fall of {} a crash feeds itself (gain {gain}, in a crisis {in_crisis}); \
                 {often}",
                percent_of(calm)
            )
        }
        (Some(calm), Some((crisis, in_crisis))) => format!(
            "Past a fall of {} a crash feeds itself (gain {gain}), in a crisis past {} ({in_crisis}); \
             {often}",
            percent_of(calm),
            percent_of(crisis)
        ),
        (None, Some((crisis, in_crisis))) => format!(
            "Only in a crisis does a crash feed itself, past a fall of {} (gain {in_crisis}, calm {gain}); \
             {often}",
            percent_of(crisis)
        ),
        (calm, None) => format!(
            "Past a fall of {} a crash feeds itself (gain {gain}); {often}",
            depth(calm)
        ),
    }
}

/// The least loss at which it happens in some regime.
fn least(reach: ReachPart) -> f64 {
    let losses = [reach.loss, reach.loss_in_crisis].into_iter().flatten();
    losses.fold(f64::INFINITY, f64::min)
}

/// Whether a prescribed fall goes as far.
fn goes_there(chart: &GainProfile, reach: ReachPart) -> bool {
    let mut prescribed = chart.prescribed.iter();
    prescribed.any(|fall| fall.loss >= least(reach))
}

fn percent_of(loss: f64) -> String {
    percent(Quantity::exact(fall(loss)))
}

fn depth(loss: Option<f64>) -> String {
    loss.map_or_else(|| "any size".to_string(), percent_of)
}

pub fn reading(chart: &GainProfile) -> String {
    let mut text = "Gain against the fall of a month that agents see, the agents' limits, and how \
                    often months are that bad"
        .to_string();
    if chart.gain_scale().is_logarithmic() {
        text.push_str("; gain on a log scale above 1");
    }
    if !chart.is_still() {
        text.push_str("; dots mark ");
        text.push_str(match chart.self_feeding {
            Some(_) => "where the gain first reaches 1",
            None => "the first sale",
        });
    }
    let rarest = chart.chance_scale().ends().0;
    let of_none = |measured: Quantity| measured.value < rarest;
    let reach = marked(chart);
    if reach.loss.is_some() && of_none(reach.calm_month.quantity()) && !chart.is_still() {
        text.push_str(match chart.thinning {
            Some(_) => "; that of a calm month lies below the picture",
            None => "; it lies below the picture",
        });
    }
    if !chart.prescribed.is_empty() {
        text.push_str("; months with a prescribed fall are not counted");
    }
    text
}

/// That the markets alone go as far as agents' sales begin to feed themselves, `often`: from a fall in
/// calm months on, from one in months of a crisis, or both. A chance that counts months of a crisis
/// alone says so.
pub fn markets_alone(calm: Option<f64>, crisis: Option<f64>, often: &str) -> String {
    match (calm, crisis) {
        (None, Some(_)) => {
            format!("a crisis and that fall of the markets alone come together in {often}")
        }
        (Some(calm), Some(crisis)) if calm != crisis => {
            format!("the markets alone fall as far as that in their regime in {often}")
        }
        _ => format!("the markets alone fall that far in {often}"),
    }
}
