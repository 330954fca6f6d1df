//! The books of a path: every posting of a month, and what stood in each account before and after it.
//!
//! In: a [`ReplayReport`]. Out: plain text, CSV (RFC 4180). Not here: what a month did to wealth (`view`).

use super::super::cells::{cell, number};
use super::super::screens::rendered;
use super::document::{ReplayReport, date_of};
use super::facts::ReplayFacts;
use super::view::Head;
use crate::book::Posting;
use crate::page::{Form, Rendered};
use crate::stage::AccountLabel;
use serde::Serialize;

/// What an account had, what came in, what went out, what it has.
type Line = [f64; 4];

/// The books of some months, as the screen of `--ledger` shows them.
#[derive(Serialize)]
struct Books<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    books: Vec<Month>,
}

#[derive(Serialize)]
struct Month {
    /// 0 is day one.
    month: u32,
    date: String,
    postings: Vec<Moved>,
    accounts: Vec<Account>,
    /// The other side of what the owner has.
    world: Line,
    together: Line,
}

#[derive(Serialize)]
struct Moved {
    from: String,
    to: String,
    amount: f64,
}

#[derive(Serialize)]
struct Account {
    name: String,
    line: Line,
}

impl ReplayReport {
    /// The screen of `--ledger`: the books of `month`, without one those of day one and of every month. `facts` are those of
    /// this path.
    pub fn to_ledger(&self, facts: &ReplayFacts, month: Option<u32>, form: Form) -> Rendered {
        let months = month.map_or(0..=self.scenario.months, |month| month..=month);
        let books = Books {
            head: Head::of(facts),
            books: months.map(|month| self.books_of(month)).collect(),
        };
        rendered("ledger.txt.j2", &books, form)
    }

    fn books_of(&self, month: u32) -> Month {
        let postings = self.postings(month).map(|posting| {
            let [from, to] = self.ends(posting).map(|(index, _)| self.name(index));
            Moved {
                from,
                to,
                amount: posting.amount,
            }
        });
        let (mut accounts, mut world, mut together) = (Vec::new(), [0.0; 4], [0.0; 4]);
        for (index, line) in self.lines_of(month).into_iter().enumerate() {
            let account = &self.replay.accounts[index];
            if !account.is_owned() {
                continue;
            }
            let is_own = account.cause.is_none();
            for (place, amount) in line.into_iter().enumerate() {
                together[place] += amount;
                world[place] += if is_own { 0.0 } else { amount };
            }
            if is_own {
                let name = self.name(index);
                accounts.push(Account { name, line });
            }
        }
        Month {
            month,
            date: date_of(&self.scenario, month.max(1)),
            postings: postings.collect(),
            accounts,
            world,
            together,
        }
    }

    /// `ledger.csv`: a row for each posting of the path, day one as month 0.
    pub fn to_ledger_csv(&self) -> String {
        let currency = cell(&format!("amount [{}]", self.scenario.currency));
        let mut table = format!("month,date,from,to,{currency},cause,object\n");
        for month in 0..=self.scenario.months {
            let date = date_of(&self.scenario, month.max(1));
            for posting in self.postings(month) {
                let [from, to] = self.ends(posting).map(|(_, label)| label);
                let world = [to, from].into_iter().find(|label| label.cause.is_some());
                let (cause, object) = world.map_or(("", ""), |world| {
                    let cause = world.cause.map_or("", |cause| cause.id());
                    (cause, world.object.as_str())
                });
                let [from, to] = self.ends(posting).map(|(index, _)| cell(&self.name(index)));
                let (amount, object) = (number(posting.amount), cell(object));
                table += &format!("{month},{date},{from},{to},{amount},{cause},{object}\n");
            }
        }
        table
    }

    /// What the owner's accounts give and take, in the world with the agents, if there are any.
    fn postings(&self, month: u32) -> impl Iterator<Item = &Posting> {
        let all = self.replay.months[month as usize].worlds[0].postings.iter();
        all.filter(|posting| self.ends(posting).iter().all(|(_, label)| label.is_owned()))
    }

    /// Numbers and labels of the accounts that it takes from and gives to.
    fn ends(&self, posting: &Posting) -> [(usize, &AccountLabel); 2] {
        let ends = [posting.from, posting.to].map(|account| account.index());
        ends.map(|index| (index, &self.replay.accounts[index]))
    }

    /// `defi`, `income: defi`; a second account of one object has a number.
    fn name(&self, index: usize) -> String {
        let (label, before) = (&self.replay.accounts[index], &self.replay.accounts[..index]);
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

    /// Of every account: balances of the replay, and between them what its postings add up to.
    fn lines_of(&self, month: u32) -> Vec<Line> {
        let months = &self.replay.months;
        let balances = |month: u32| &months[month as usize].worlds[0].balances;
        let after = balances(month);
        let mut lines: Vec<Line> = after.iter().map(|after| [0.0, 0.0, 0.0, *after]).collect();
        if let Some(last) = month.checked_sub(1) {
            let before = lines.iter_mut().zip(balances(last));
            before.for_each(|(line, before)| line[0] = *before);
        }
        for posting in self.postings(month) {
            lines[posting.to.index()][1] += posting.amount;
            lines[posting.from.index()][2] += posting.amount;
        }
        lines
    }
}
