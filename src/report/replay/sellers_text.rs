//! Who sold in a month: a row for each cluster of agents, and what they saw.
//!
//! In: [`Seller`]s. Out: lines of a page. Not here: the rest of the month (`crash_text`).

use super::crash_text::{of_all, share};
use super::document::Seller;
use crate::page::{Document, Table};

/// Losses that differ by no more are the same.
const SAME: f64 = 1e-9;

/// Decimals of a limit, at least and at most.
const DECIMALS: [usize; 2] = [2, 6];

/// The loss that all clusters saw, before anybody sold and at the end, if it was the same for all.
fn common_loss(clusters: &[Seller]) -> Option<(f64, f64)> {
    let first = clusters.first()?;
    let is_near = |a: f64, b: f64| (a - b).abs() <= SAME;
    let agrees = |seller: &Seller| {
        is_near(seller.loss_before, first.loss_before)
            && is_near(seller.loss_after, first.loss_after)
    };
    let are_all = clusters.iter().all(agrees);
    are_all.then_some((first.loss_before, first.loss_after))
}

fn seen_in_words(clusters: &[Seller]) -> String {
    const UNITS: &str = "Limits and losses seen are log-losses of a month, as in the scenario file: \
                         0.21 is a fall of 18.9 %.";
    match common_loss(clusters) {
        None => UNITS.to_owned(),
        Some((before, after)) if before == after => {
            format!("All saw a loss of {}. {UNITS}", signed(before))
        }
        Some((before, after)) => format!(
            "All saw the same loss: {} before anybody sold, {} at the end. {UNITS}",
            signed(before),
            signed(after)
        ),
    }
}

pub(super) fn write(clusters: &[Seller], page: &mut Document) {
    let is_seen_apart = common_loss(clusters).is_none();
    let mut headings = vec!["agents", "of money", "limits"];
    if is_seen_apart {
        headings.extend(["saw", "to"]);
    }
    headings.extend(["on loss", "pushed", "sold"]);
    let mut table = Table::of(&headings, 1);
    for seller in clusters {
        let part = |blocks: u32| match blocks {
            0 => "–".to_owned(),
            _ => of_all(blocks, seller.blocks),
        };
        let mut row = vec![
            seller.name.clone(),
            share(seller.capital_share),
            band(seller.first_trigger, seller.last_trigger),
        ];
        if is_seen_apart {
            row.extend([signed(seller.loss_before), signed(seller.loss_after)]);
        }
        row.extend([part(seller.alone), part(seller.pushed), part(seller.fired)]);
        table.texts(row);
    }
    page.table(table);
    for seller in clusters {
        let mut notes = Vec::new();
        if seller.obeyed > 0 {
            notes.push(format!(
                "{} obeyed a false signal",
                of_all(seller.obeyed, seller.blocks)
            ));
        }
        if seller.active < seller.blocks {
            let out = seller.blocks - seller.active;
            notes.push(format!(
                "{} were still out from earlier sales and could not sell",
                of_all(out, seller.blocks)
            ));
        }
        if !notes.is_empty() {
            page.sentence(format!("{}: {}.", seller.name, notes.join("; ")));
        }
    }
    page.sentence(seen_in_words(clusters));
}

fn signed(log_loss: f64) -> String {
    let text = format!("{:.3}", log_loss.abs());
    match log_loss < 0.0 && text != "0.000" {
        true => format!("−{text}"),
        false => text,
    }
}

/// `0.18–0.24`: limits of the first and the last, rounded by less than a tenth of their distance.
fn band(first: f64, last: f64) -> String {
    let [least, most] = DECIMALS;
    let shown = |decimals: usize| [first, last].map(|limit| format!("{limit:.decimals$}"));
    let is_close = |decimals: &usize| {
        let off = |limit: f64, text: &str| {
            let read: f64 = text.parse().expect("a number that was written");
            (read - limit).abs() < 0.1 * (last - first)
        };
        let [low, high] = shown(*decimals);
        off(first, &low) && off(last, &high)
    };
    let decimals = (least..most).find(is_close).unwrap_or(most);
    shown(decimals).join("–")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_have_the_decimals_that_tell_them_apart() {
        assert_eq!(band(0.18, 0.24), "0.18–0.24");
        assert_eq!(band(0.005, 0.009), "0.005–0.009");
        assert_eq!(band(0.0625, 0.1), "0.06–0.10");
        assert_eq!(band(0.2, 0.2005), "0.2000–0.2005");
        assert_eq!(band(0.21, 0.21), "0.210000–0.210000");
    }
}
