//! How a holding earns and is valued: one folder or file per kind.
//!
//! In: the keys of an `[[asset]]` through `form::Reader`, then what the plan gives it ([`Slot`]).
//! Out: [`Asset`], the stages of its own, and what it says of its month ([`Earning`]), which the plan alone
//! posts ([`revalue`], [`pay`]). Not here: keys that every asset has, whatever it is (`scenario`), the market's
//! own surprises (`market`), what the owner does with the proceeds (`policy`).

mod audience;
mod brand;
mod business;
mod buyer;
mod care;
mod claim;
mod claimed;
mod content;
mod defi;
mod doubt;
mod earning;
mod fleet;
mod flywheel;
mod launch;
mod lever;
mod liquidity;
mod managed;
mod noise;
mod pay;
mod pot;
mod revalue;
mod roi;
pub mod royalties;
mod spread;
mod state;
mod stated;
mod subscription;
mod tokenized;
mod unit;
mod wear;

pub use crate::stage::Coefficient;
pub use audience::{Site, attract};
pub use business::Business;
pub use care::{Audits, Care};
pub use claim::Claim;
pub use claimed::{Claimed, RoiLaw};
pub use defi::LEVERED;
pub use doubt::Doubt;
pub use earning::{Earning, Expected, Income, Tended, UnitRows, Year};
pub use fleet::Fleet;
pub use launch::Launching;
pub use lever::Lever;
pub use liquidity::provide;
pub use pay::{Burden, Cut, Owed, Proceeds, pay};
pub use pot::{Paid, Pot, put_aside};
pub use revalue::{exchange, revalue};
pub use state::{LAUNCHED, MOST_STATES, State, VISITS};
pub use stated::Stated;
pub use unit::PerUnit;

use crate::book::Account;
use crate::form::{Group, Keys, Kind, Table};
use crate::market::{ExchangeRows, MovingRows, Pair, RateRows};
use crate::stage::{Build, Draw, Row};
use crate::units::Volatility;
use std::fmt;
use std::sync::Arc;

/// Kind, claim and keys of an asset.
pub type Told<'a> = (&'static str, &'a Claimed, &'a dyn Keys);

/// What an `[[asset]]` is: a kind with its parameters, valid by construction.
pub trait Asset: fmt::Debug + Send + Sync {
    /// The kind's id, as `model` names it, what is claimed, and the kind's own keys.
    fn told(&self) -> Told<'_>;

    fn kind(&self) -> &'static str {
        self.told().0
    }

    /// Whether its claim is taken at its word.
    fn is_claim(&self) -> bool {
        self.kind() == claim::KIND.id
    }

    fn claim(&self) -> &Claimed {
        self.told().1
    }

    /// The kind's own keys in canonical form.
    fn terms(&self) -> Table {
        self.told().2.keys()
    }

    /// All its keys in canonical form.
    fn written(&self) -> Table {
        let mut table = self.claim().written();
        table.entries.extend(self.terms().entries);
        table
    }

    /// What is claimed for a year, before anything is taken off: the middle of what is claimed, if that is a range.
    fn claimed(&self) -> f64 {
        self.claim().law().median()
    }

    /// The same without decay; nothing if it is no claim or does not decay.
    fn without_decay(&self) -> Option<Arc<dyn Asset>> {
        None
    }

    /// The same with nothing borrowed; nothing if nothing is.
    fn without_debt(&self) -> Option<Arc<dyn Asset>> {
        None
    }

    /// The other side of the pool that it provides liquidity to; nothing if it provides none.
    fn pair(&self) -> Option<Pair> {
        None
    }

    /// The same held as one coin; nothing if it provides no liquidity.
    fn without_pair(&self) -> Option<Arc<dyn Asset>> {
        None
    }

    /// What is claimed, taken at its word, paid out and without decay; nothing if that is what it is.
    fn at_its_word(&self) -> Option<Arc<dyn Asset>> {
        Some(Arc::new(Claim::at_its_word(self.claim().clone())))
    }

    /// Whether it is a business: one thing as a whole, of which nobody buys more, and whose income is money that is paid out.
    fn is_business(&self) -> bool {
        false
    }

    /// Whether there can be months that cost more than they bring.
    fn may_lose(&self) -> bool {
        false
    }

    /// True if a part of its income pays for more of it.
    fn pays_for_more(&self) -> bool {
        false
    }

    /// Whether it spends a part of what it brings, so that a month in which its income is cut may cost more than it brings.
    fn spends(&self) -> bool {
        false
    }

    /// Whether more or less than its value is in its market, or it follows its price: what an agent of the owner's cannot mind.
    fn is_levered(&self) -> bool {
        false
    }

    /// Whether the growth of its price is the part of a return that is kept in place of being paid.
    fn keeps_return(&self) -> bool {
        false
    }

    /// Volatility of its price, if its kind has another way to say it than `volatility`.
    fn market_volatility(&self) -> Option<Volatility> {
        None
    }

    /// What looking after it takes by itself.
    fn care(&self) -> Care {
        Care::ONE
    }

    /// What it shows of itself, at most [`MOST_STATES`], in the order of [`Slot::states`].
    fn states(&self) -> &'static [State] {
        &[]
    }

    /// Values of it that can be read and can hardly be meant.
    fn doubts(&self) -> Vec<Doubt> {
        Vec::new()
    }

    /// Whether what it brings has a variance; without one means settle slowly.
    fn has_variance(&self) -> bool {
        true
    }

    /// Leaves what is its own of a month in the plan, and says what it grows and earns; the plan posts that, so
    /// that no kind can forget the market, forced sales or what becomes of an income.
    fn build(&self, slot: &Slot, build: &mut Build) -> Earning;

    /// Months 1 … `n_months` of a unit of value if nothing were random, nothing lost to events. The stages are held
    /// against it.
    fn expected(&self, n_months: u32) -> Vec<Expected>;

    /// Value after `n_months` of one unit put in and left to itself with all its proceeds, if nothing were random:
    /// they stay in it, but of a business lie beside it.
    fn noiseless(&self, n_months: u32) -> f64 {
        let (mut value, mut beside) = (1.0, 0.0);
        for month in self.expected(n_months) {
            let income = value * month.income;
            value *= month.growth;
            match self.is_business() {
                true => beside += income,
                false => value += income,
            }
        }
        value + beside
    }
}

/// Every kind that `model` may name; the first one is the default.
pub const KINDS: &[Kind<dyn Asset>] = &[
    claim::KIND,
    content::KIND,
    defi::KIND,
    fleet::KIND,
    flywheel::KIND,
    managed::KIND,
    royalties::KIND,
    subscription::KIND,
    tokenized::KIND,
];

/// The kind that `model` names with `id`.
pub fn kind_of(id: &str) -> Option<&'static Kind<dyn Asset>> {
    KINDS.iter().find(|kind| kind.id == id)
}

/// True if `id` names the kind of an asset without a `model`.
pub fn is_default(id: &str) -> bool {
    id == KINDS[0].id
}

/// What the income of a first month may follow from, in place of `income`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedBy {
    /// Visits of its own pages.
    Visits,
    /// Visits of the pages of others.
    Audience,
    /// What is counted of its works.
    Works,
}

impl CountedBy {
    /// The kind whose income may follow from it.
    pub fn kind(self) -> &'static Kind<dyn Asset> {
        match self {
            Self::Visits => &content::KIND,
            Self::Audience => &flywheel::KIND,
            Self::Works => &royalties::KIND,
        }
    }

    /// What the income of `kind` may follow from, if from anything.
    pub fn of(kind: &Kind<dyn Asset>) -> Option<Self> {
        let mut all = [Self::Visits, Self::Audience, Self::Works].into_iter();
        all.find(|by| by.kind().id == kind.id)
    }
}

/// What the plan makes for every holding before its kind is built.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// What it is worth.
    pub value: Account,
    /// That on day one.
    pub opening: f64,
    /// That of the start of the month, from `Phase::Trough` on.
    pub start: Row,
    /// Where it keeps what it shows of itself, of the start of the next month from `Phase::Operate` on.
    pub states: [Row; MOST_STATES],
    /// Visits of those who see what it sells, in those of the first month, of the next one from its own stages on in
    /// `Phase::Operate`; nothing if it does not say who they are.
    pub audience: Option<Row>,
    /// What it earns in its first month on a path, in what it does at the median, if a part of that is a range.
    pub stated: Option<Stated>,
    /// Whether it is built and not bought.
    pub is_built: bool,
    /// The month at whose end it stands, of what is built when there is money for it; months of its own are counted from there.
    pub since: Option<Row>,
    /// Whether others live on who visits it.
    pub has_buyers: bool,
    /// Months that are simulated.
    pub n_months: u32,
    /// Standard deviation of its market's log-return in a year.
    pub volatility: f64,
    /// What cash earns in a year, in the long run if its rate moves.
    pub cash_rate: f64,
    /// 1 of an owner who is ruined, of whom nothing is left to earn; nothing if no owner can be.
    pub ruined: Option<Row>,
    /// Standard normal common to all claims of a path: one source of hype.
    pub common: Draw,
    /// Correlation between the claims of two holdings through that common factor.
    pub claim_correlation: f64,
    /// The short rate, if it moves.
    pub rate: Option<RateRows>,
    /// Inflation, if it moves by a process.
    pub inflation: Option<MovingRows>,
    /// The currency that it earns in, if that is another than the owner's.
    pub exchange: Option<ExchangeRows>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_keeps_what_it_promises() {
        crate::form::keep_what_they_promise(KINDS, |asset| asset.written());
        for kind in KINDS {
            assert_eq!(kind.read_alone(kind.example).0.kind(), kind.id);
        }
    }
}
