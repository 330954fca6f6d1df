//! The ledger of a path: every posting of a month, and the balance of each account before and after.
//!
//! In: a [`ReplayReport`]. Out: plain text, CSV (RFC 4180). Not here: the change of wealth in a month
//! (`facts`).

use super::super::cells::{cell, number};
use super::facts::ReplayFacts;
use super::{ReplayReport, path_screen};
use crate::book::{Account, Cause, Posting};
use crate::page::{Form, Rendered};
use crate::stage::AccountLabel;
use serde_json::{Value, json};

impl ReplayReport<'_> {
    /// Renders the screen of `--ledger` for `month`, or for day one and all months if it is `None`. `facts`
    /// are those of this path.
    pub fn to_ledger(&self, facts: &ReplayFacts, month: Option<u32>, form: Form) -> Rendered {
        let months = month.map_or(0..=self.scenario.months, |month| month..=month);
        let books: Vec<Value> = months.map(|month| self.books_of(month)).collect();
        path_screen("ledger.txt.j2", facts, books, form)
    }

    /// Returns the postings of a month (0 is day one), and each account with its opening balance, the sums
    /// that it received and paid, and its closing balance.
    fn books_of(&self, month: u32) -> Value {
        let postings = self.postings(month).map(|posting| {
            let [from, to] = [posting.from, posting.to].map(|account| self.name(account));
            json!({ "from": from, "to": to, "amount": posting.amount })
        });
        let lines = (0..).map(Account::at).zip(self.lines_of(month));
        let accounts = lines.filter(|(account, _)| self.label(*account).is_owned()).map(|(account, line)| {
            let is_own = self.label(account).cause.is_none();
            json!({ "name": self.name(account), "is_own": is_own, "line": line })
        });
        json!({
            "month": month,
            "date": self.scenario.date_of(month.max(1)),
            "postings": postings.collect::<Vec<Value>>(),
            "accounts": accounts.collect::<Vec<Value>>(),
        })
    }

    /// Returns the text of `ledger.csv`: a row for each posting of the path, with day one as month 0.
    pub fn to_ledger_csv(&self) -> String {
        let currency = cell(&format!("amount [{}]", self.scenario.currency));
        let mut table = format!("month,date,from,to,{currency},cause,object\n");
        for month in 0..=self.scenario.months {
            let date = self.scenario.date_of(month.max(1));
            for posting in self.postings(month) {
                let [to, from] = [posting.to, posting.from].map(|account| self.label(account));
                let world = [to, from].into_iter().find(|label| label.cause.is_some());
                let cause = world.and_then(|world| world.cause).map_or("", Cause::id);
                let object = cell(world.map_or("", |world| &world.object));
                let ends = [posting.from, posting.to];
                let [from, to] = ends.map(|account| cell(&self.name(account)));
                let amount = number(posting.amount);
                table += &format!("{month},{date},{from},{to},{amount},{cause},{object}\n");
            }
        }
        table
    }

    /// Returns the postings of a month in the run with agents, without the postings of benchmarks.
    fn postings(&self, month: u32) -> impl Iterator<Item = &Posting> {
        let all = self.replay.months[month as usize].worlds[0].postings.iter();
        let is_owned = |account| self.label(account).is_owned();
        all.filter(move |posting| is_owned(posting.from) && is_owned(posting.to))
    }

    fn label(&self, account: Account) -> &AccountLabel {
        &self.replay.accounts[account.index()]
    }

    /// Returns the name of an account: `defi`, `income: defi`. Further accounts of that name get a number.
    fn name(&self, account: Account) -> String {
        let (label, before) = (self.label(account), &self.replay.accounts[..account.index()]);
        let is_alike = |other: &&AccountLabel| {
            (other.kind, &other.object, other.cause) == (label.kind, &label.object, label.cause)
        };
        let name = match label.cause {
            Some(cause) if label.object.is_empty() => cause.id().to_owned(),
            Some(cause) => format!("{}: {}", cause.id(), label.object),
            None => label.object.clone(),
        };
        match before.iter().filter(is_alike).count() {
            0 => name,
            n => format!("{name} ({})", n + 1),
        }
    }

    /// Returns, for each account, opening balance, sum received, sum paid and closing balance of a month.
    fn lines_of(&self, month: u32) -> Vec<[f64; 4]> {
        let balances = |month: u32| &self.replay.months[month as usize].worlds[0].balances;
        let before = |account: usize| month.checked_sub(1).map_or(0.0, |last| balances(last)[account]);
        let after = balances(month).iter().enumerate();
        let mut lines: Vec<[f64; 4]> =
            after.map(|(account, after)| [before(account), 0.0, 0.0, *after]).collect();
        for posting in self.postings(month) {
            lines[posting.to.index()][1] += posting.amount;
            lines[posting.from.index()][2] += posting.amount;
        }
        lines
    }
}
