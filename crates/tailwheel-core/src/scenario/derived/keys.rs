//! The keys of an asset from which its value, its income or its return follow.
//!
//! In: a table of the file. Out: the keys as written. Not here: what follows from them (`derived`).

use super::super::event::AssetNames;
use crate::asset::CountedBy;
use crate::form::{Drawn, Field, Group, Preset};
use crate::parameters;
use crate::units::{Count, Fraction, Intensity, LogSpread, Money, MonthlyMoney, Multiple, PositiveShare};

parameters! {
    /// Keys of a holding that is a share of a whole.
    pub struct HeldShare {
        /// Value of the whole, of which `share` is held. Replaces `value`, which is the product of the two.
        whole: Option<Money> = Preset::Absent => "2_400_000",
        /// Share of `whole` that is held.
        share: Option<PositiveShare> = Preset::Absent => "\"0.5 %\"",
    }
}

parameters! {
    /// Keys for the income of a business, from which its value follows.
    pub struct Earned {
        /// Income in the first month, net of its own costs, instead of `value` and `roi`. The asset is then
        /// worth twelve times `multiple` of that and yields 1/`multiple` a year.
        income: Option<Drawn<MonthlyMoney>> = Preset::Absent => "\"1400/month\"",
        /// Price of the business in years of its income; needs `income`. If absent, the multiple of the
        /// class, if it has one.
        multiple: Option<Multiple> = Preset::Absent => "3.4",
    }
}

parameters! {
    /// Income keys of assets that earn by visits.
    pub struct Traffic {
        /// Visits of the first month of a site (`model = "content"`). Without `income` and `value`, the
        /// income of the site follows from the visits, by this key and the next ones. With one of them,
        /// visits only set how many see the products whose `audience` the site is.
        visits: Option<Drawn<Count>> = Preset::Absent => "12_000",
        /// What advertisements pay for a thousand visits.
        rpm: Option<Drawn<Money>> = Preset::Absent => "14",
        /// Share of the visits in which a visitor follows a link to a shop.
        link_clicks: Option<Drawn<Fraction>> = Preset::Absent => "\"3 %\"",
        /// Share of those visits that leads to an order.
        orders: Option<Drawn<Fraction>> = Preset::Absent => "\"1 %\"",
        /// Amount of one order.
        order_value: Option<Drawn<Money>> = Preset::Absent => "60",
        /// Share of the order that the shop pays to the site.
        commission: Option<Drawn<Fraction>> = Preset::Absent => "\"6 %\"",
        /// Share of the monthly visits by readers who pay `patron_price` a month. Arrivals and departures
        /// balance, so the share is constant. Nobody reports it. 1 to 10 % of a letter's readers pay (5 % as
        /// the median of a market report), and 0.5 to 3 % of visits leave an address (a guess): 0.005 to 0.3
        /// %.
        patrons: Option<Drawn<Fraction>> = Preset::Absent => "\"0.08 %\"",
        /// Amount that one patron pays in a month; the platform keeps `platform_fee` of it. Half of those who
        /// live on this have six patrons or fewer, 10 % have a hundred (D, from the counts of a patrons'
        /// platform).
        patron_price: Option<Drawn<MonthlyMoney>> = Preset::Absent => "\"5/month\"",
        /// Deals with brands: how many a year, and what one brings on average for every thousand visits of
        /// its month.
        deals: Option<Deals> = Preset::Absent => "{ rate = \"3/year\", size = 15 }",
        /// Monthly cost of tools and hosting, independent of visits. Replaces `fixed_costs`.
        tools: Option<Drawn<MonthlyMoney>> = Preset::Absent => "\"120/month\"",
        /// Sites whose visitors see the products (`model = "flywheel"`). The income of the products moves
        /// with the visits of these sites, in proportion to `visits`. A loss event of a site cuts its own
        /// income and not its visitors.
        audience: Option<AssetNames> = Preset::Absent => "[\"blog-a\", \"blog-b\"]",
        /// Share of the audience's visits in which one product is bought. Without `income` and `value`, the
        /// income of the products follows from it, the price and the fee.
        conversion: Option<Drawn<Fraction>> = Preset::Absent => "\"1 %\"",
        /// Price of one product.
        price: Option<Drawn<Money>> = Preset::Absent => "29",
        /// Share of the price that the selling platform keeps. For a site it is the share of its patrons'
        /// payments and needs `patrons`. List prices are near 13 % with card fees.
        platform_fee: Option<Drawn<Fraction>> = Preset::Absent => "\"13 %\"",
    }
}

parameters! {
    /// Brand deals in proportion to the visits of a site.
    pub struct Deals: "table of deals with brands" = "{ rate = \"3/year\", size = 15 }" {
        /// Deals a year: 0 to 12 of small creators, 3 as a guess.
        rate: Intensity = Preset::Required => "\"3/year\"",
        /// Average income of one deal for every thousand visits of its month, in money. Creators with fewer
        /// than 10,000 followers are reported to get 20 to 250 dollars a deal, 150 as the median. With 10,000
        /// to 100,000 followers they get 300 to 1,200 (market reports).
        size: Money = Preset::Required => "15",
        /// Standard deviation of the logarithm of the income of one deal.
        log_sd: LogSpread = Preset::Is("0.8"),
    }
}

parameters! {
    /// Income keys of a catalog of works, by counted sales.
    pub struct WorkSales {
        /// Downloads in the first month of all works of a catalog (`model = "royalty-catalogue"`). Without
        /// `income`, `value` and `roi`, income follows from `downloads`, `streams` and `licences`. Each has
        /// its price, and later months follow the works.
        downloads: Option<Drawn<Count>> = Preset::Absent => "900",
        /// Amount that one download pays the author.
        per_download: Option<Drawn<Money>> = Preset::Absent => "1.22",
        /// Streams in the first month, of all works together.
        streams: Option<Drawn<Count>> = Preset::Absent => "250_000",
        /// Amount that one stream pays the author.
        per_stream: Option<Drawn<Money>> = Preset::Absent => "0.004",
        /// Licenses sold in the first month, of all works together.
        licences: Option<Drawn<Count>> = Preset::Absent => "12",
        /// Amount that one license pays the author.
        per_licence: Option<Drawn<Money>> = Preset::Absent => "10",
    }
}

/// Number of keys of [`Traffic`] about a site, which come first. The others are about products; `platform_fee`
/// also applies to a site with patrons.
const N_OF_SITE: usize = 10;

/// Keys that set the income if it follows from this count. Those of works sold alternate: count, then price.
pub fn keys_of(by: CountedBy) -> &'static [Field] {
    match by {
        CountedBy::Visits => &Traffic::FIELDS[..N_OF_SITE],
        CountedBy::Audience => &Traffic::FIELDS[N_OF_SITE..],
        CountedBy::Works => WorkSales::FIELDS,
    }
}

/// Keys that state this count: `visits`, `audience`, or the numbers of works sold.
pub fn quantities(by: CountedBy) -> impl Iterator<Item = &'static str> {
    let n_keys = if by == CountedBy::Works { WorkSales::FIELDS.len() } else { 1 };
    keys_of(by)[..n_keys].iter().step_by(2).map(|field| field.key)
}

/// Pairs of keys about sold works, such as downloads: the number of sales, then the price of one.
pub fn priced() -> impl Iterator<Item = [&'static str; 2]> {
    WorkSales::FIELDS.chunks_exact(2).map(|pair| [pair[0].key, pair[1].key])
}
