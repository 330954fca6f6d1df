//! Who sold in a month: a row for each cluster of agents, and what they saw.
//!
//! In: [`Seller`]s. Out: blocks of a page. Not here: the rest of the month (`crash_text`).

use super::crash_text::{limit, of_all, share};
use super::document::Seller;
use crate::page::{Document, Table};

pub(super) fn write(clusters: &[Seller], page: &mut Document) {
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
