//! The anatomy of a month in words and tables.
//!
//! In: a [`CrashMonth`]. Out: lines of a page. Not here: the months of the path (`text`).

use super::anatomy::{CrashMonth, FallenMarket, Seller};
use super::document::{lost, price};
use crate::figure::{capital, grouped, is_zero, per_cent};
use crate::page::{Document, Table};

/// Sales that are listed, before the last one.
const LISTED: usize = 12;

pub(super) fn write(crash: &CrashMonth, page: &mut Document) {
    page.sentence(story(crash));
    page.gap();
    write_markets(crash, page);
    page.gap();
    write_sellers(&crash.clusters, page);
    page.gap();
    if !crash.firings.is_empty() {
        write_firings(crash, page);
        page.gap();
    }
}

/// What happened, for somebody who reads no table.
fn story(crash: &CrashMonth) -> String {
    let agents = &crash.agents;
    let mut text = before_anybody(crash);
    if crash.firings.is_empty() {
        text.push_str(&nobody(&crash.clusters));
        return text;
    }
    let obeyed = format!(
        "{} of the agents obeyed a false signal",
        share(agents.obeyed)
    );
    let alone = format!("that alone made {} of the agents sell", share(agents.alone));
    let causes = match (agents.obeyed > 0.0, agents.alone > 0.0) {
        (true, true) => format!("{obeyed}, and {alone}"),
        (true, false) => obeyed,
        _ => alone,
    };
    text.push_str(&format!(" {}.", capital(&causes)));
    match agents.pushed > 0.0 {
        false => text.push_str(" Their sales pushed nobody else over the limit."),
        true => text.push_str(&format!(
            " Their sales pushed another {} over the limit: {} of those who sold did so only because \
             others had.",
            share(agents.pushed),
            share(agents.pushed / agents.sold)
        )),
    }
    text.push_str(&format!(
        " In the end {} of all agents, counted by their money, had sold, and what they hold had moved by {}.",
        share(agents.sold),
        moved(agents.loss_after),
    ));
    text
}

/// What they hold, as agents measure it, after a log-loss: `−11.5 %`.
fn moved(log_loss: f64) -> String {
    change(-lost(log_loss))
}

fn before_anybody(crash: &CrashMonth) -> String {
    let month = match crash.regime {
        Some("crisis") => format!(
            "It is a month of crisis: sales move prices {} times as far as in calm ones. ",
            times(crash.thinning)
        ),
        Some(_) => "It is a calm month. ".to_owned(),
        None => String::new(),
    };
    format!(
        "{month}Before anybody sold, what agents hold had moved by {}, as they measure it (mean log-return).",
        moved(crash.agents.loss_before)
    )
}

/// Why nobody sold.
fn nobody(clusters: &[Seller]) -> String {
    let nearest = clusters.iter().min_by(|a, b| {
        let room = |seller: &Seller| seller.first_trigger - seller.loss_before;
        room(a).total_cmp(&room(b))
    });
    match nearest {
        None => String::new(),
        Some(seller) if seller.loss_before >= seller.first_trigger => {
            " Nobody sold: those whose limits it passes were still out from earlier sales."
                .to_owned()
        }
        Some(seller) => format!(
            " Nobody sold: the first limit is that of {}, at a measured loss of {}.",
            seller.name,
            per_cent(lost(seller.first_trigger), 1)
        ),
    }
}

/// A change with its sign, unless it rounds to nothing.
pub(super) fn change(share: f64) -> String {
    match per_cent(share, 1) {
        gain if share > 0.0 && !is_zero(&gain) => format!("+{gain}"),
        text => text,
    }
}

fn write_markets(crash: &CrashMonth, page: &mut Document) {
    let mut markets = crash.markets.iter();
    let has_given_back = markets.any(|market| market.given_back > 0.0005);
    let mut table = Table::new(&[
        "market",
        ">by itself",
        ">by sales",
        ">regained",
        ">trough",
        ">back: close",
        ">a year",
    ]);
    for market in &crash.markets {
        let FallenMarket {
            loss,
            fall,
            given_back,
            ..
        } = *market;
        let fallen = |text: String| match fall > 0.0 {
            true => text,
            false => "–".to_owned(),
        };
        let back = |missing: Option<&f64>| {
            let back = missing.map(|missing| per_cent(1.0 - missing, 0));
            fallen(back.unwrap_or_default())
        };
        table.texts(vec![
            market.name.clone(),
            change(-lost(loss)),
            fallen(change(-lost(fall))),
            match has_given_back {
                true => change(-lost(-given_back)),
                false => String::new(),
            },
            change(-lost(loss + fall - given_back)),
            back(market.missing.first()),
            back(market.missing.last()),
        ]);
    }
    page.table(table.without_empty());
    if !crash.firings.is_empty() {
        let regained = match has_given_back {
            true => "; regained: what earlier sell-offs gave back until the trough",
            false => "",
        };
        page.sentence(format!(
            "Changes of prices since the start of the month, without expected growth; by sales: of the price \
             before them; back: share of the fall by sales (in logs) that is made good at the close and a year \
             after it{regained}."
        ));
    }
}

/// A row for each cluster of agents, and what they saw.
fn write_sellers(clusters: &[Seller], page: &mut Document) {
    let mut table = Table::new(&[
        "agents",
        ">of money",
        ">limits",
        ">saw",
        ">to",
        ">signal",
        ">on loss",
        ">pushed",
        ">sold",
        ">out",
    ]);
    for seller in clusters {
        let part = |blocks: u32| match blocks {
            0 => String::new(),
            _ => of_all(blocks, seller.blocks),
        };
        let limits = [seller.first_trigger, seller.last_trigger].map(limit);
        table.texts(vec![
            seller.name.clone(),
            share(seller.capital_share),
            limits.join("–"),
            limit(seller.loss_before),
            limit(seller.loss_after),
            part(seller.obeyed),
            part(seller.alone),
            part(seller.pushed),
            part(seller.fired),
            part(seller.blocks - seller.active),
        ]);
    }
    page.table(table.without_empty());
    let out = match clusters.iter().any(|seller| seller.active < seller.blocks) {
        true => " Out: not back from earlier sales.",
        false => "",
    };
    page.sentence(format!(
        "Limits and losses seen are log-losses of a month, as in the scenario file: 0.21 is a fall of 18.9 %.{out}"
    ));
}

fn write_firings(crash: &CrashMonth, page: &mut Document) {
    let deepest = crash.markets.iter().enumerate();
    let deepest = deepest.max_by(|a, b| a.1.fall.total_cmp(&b.1.fall).then(b.0.cmp(&a.0)));
    let Some((market, fallen)) = deepest else {
        return;
    };
    let name: String = fallen.name.chars().take(8).collect();
    let name = format!(">{name}");
    let headings = [
        "sale", "agents", "why", ">limit", ">saw", ">of them", ">of all", &name,
    ];
    let mut table = Table::new(&headings);
    let n = crash.firings.len();
    for index in (0..n.min(LISTED)).chain((n > LISTED).then(|| n - 1)) {
        let firing = &crash.firings[index];
        table.texts(vec![
            grouped(index as u64 + 1),
            firing.cluster.clone(),
            firing.why.to_owned(),
            firing.threshold.map_or("–".to_owned(), limit),
            limit(firing.load),
            per_cent(firing.cluster_share, 1),
            per_cent(firing.share, 1),
            format!("{:.1}", price(fallen.loss + firing.falls[market])),
        ]);
    }
    page.fine(format!("SALE BY SALE, {} in all", grouped(n as u64)));
    page.table(table);
    page.sentence(format!(
        "Why: first a false signal, then the loss alone, then the sales before; each time the one \
         that is furthest beyond its limit. Of all: by money. The last column is the price of {}, 100 at the start \
         of the month. replay.json has every sale.",
        fallen.name
    ));
}

/// `0.1800`
fn limit(log_loss: f64) -> String {
    match format!("{log_loss:.4}") {
        zero if zero == "-0.0000" => "0.0000".to_owned(),
        text => text.replace('-', "−"),
    }
}

fn times(factor: f64) -> String {
    let text = format!("{factor:.1}");
    text.trim_end_matches(".0").to_owned()
}

/// `83 %` of `whole`.
fn of_all(part: u32, whole: u32) -> String {
    share(f64::from(part) / f64::from(whole.max(1)))
}

/// `83 %`, never 0 or 100 for what is not but for rounding.
fn share(part: f64) -> String {
    let text = per_cent(part, 0);
    match text.as_str() {
        "0 %" if part > 0.0 => "<1 %".to_owned(),
        "100 %" if part < 1.0 - 1e-9 => ">99 %".to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_is_not_nothing_or_all_never_reads_so() {
        assert_eq!(of_all(1, 600), "<1 %");
        assert_eq!(of_all(1, 200), "<1 %");
        assert_eq!(of_all(199, 200), ">99 %");
        assert_eq!(of_all(599, 600), ">99 %");
        assert_eq!(of_all(600, 600), "100 %");
        assert_eq!(of_all(0, 600), "0 %");
        assert_eq!(of_all(300, 600), "50 %");
    }
}
