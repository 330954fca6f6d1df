//! Ranking updates: their effect on visits from platforms in a month and on average.
//!
//! In: the keys of a site. Out: [`Updates`], the monthly mean factor and variance. Not here: growth and
//! aging (`trend`).
//!
//! ```text
//! Y = n(μ − s²/2) + √n·s·z        n ~ Poisson(λ/12), E e^Y = exp(λ/12·(e^μ − 1))
//! ```

use super::{Content, answered};
use crate::asset::spread::MonthlyCounts;
use crate::market::STEPS_PER_YEAR;
use crate::math::LANES;
use crate::math::elementary::{exp, expm1};
use crate::random::Purpose;
use crate::stage::{Build, Coefficient, Cx, Draw, Row, Scope};

/// Draws and parameters of a site's ranking updates.
pub(super) struct Updates {
    count: MonthlyCounts,
    size: Draw,
    mean: f64,
    sd: Coefficient,
}

impl Updates {
    pub fn build(site: &Content, build: &mut Build) -> Self {
        let rate = build.drawn("updates", &site.updates);
        Self {
            count: MonthlyCounts::build(rate, Purpose::UpdateCount, build),
            size: build.normals(Purpose::UpdateSize, Scope::Month),
            mean: site.update_mean.get(),
            sd: build.drawn("update_sd", &site.update_sd),
        }
    }

    /// Multiplies the row `moved`, a factor on visits from platforms, by the effects of this month's updates.
    #[inline(always)]
    pub fn strike(&self, moved: Row, cx: &mut Cx<'_>) {
        let count = self.count.of_month(cx);
        let size = cx.draws.row(self.size);
        let sd = self.sd.of_paths(cx.rows);
        let moved = cx.rows.get_mut(moved);
        for lane in 0..LANES {
            let location = location(self.mean, sd[lane]);
            let effect = (sd[lane] * count[lane].sqrt()).mul_add(size[lane], location * count[lane]);
            moved[lane] *= exp(effect);
        }
    }
}

impl Content {
    /// Monthly mean factor on visits from platforms, by ranking updates and AI answers.
    pub(super) fn mean_factor(&self) -> f64 {
        mean_factor(self.updates.get(), self.ai_answers.get(), self.update_mean.get())
    }

    /// Monthly variance of the logarithm of visits, caused by updates of the
    /// platforms' ranking algorithms.
    pub(super) fn variance(&self) -> f64 {
        variance(self.updates.get(), self.update_sd.get(), self.update_mean.get())
    }

    /// Returns per path the monthly mean factor on visits from platforms and the variance of its logarithm.
    pub(super) fn moved(
        &self,
        updates: Option<&Updates>,
        ai_answers: Coefficient,
        build: &mut Build,
    ) -> [Coefficient; 2] {
        let none = Coefficient::Same(0.0);
        let [rate, sd] = updates.map_or([none; 2], |updates| [updates.count.rate, updates.sd]);
        let mean = self.update_mean.get();
        [
            Coefficient::from([rate, ai_answers], build, move |[rate, answers]| {
                mean_factor(rate, answers, mean)
            }),
            Coefficient::from([rate, sd], build, move |[rate, sd]| variance(rate, sd, mean)),
        ]
    }
}

/// Mean of the logarithm of a ranking update's factor: the factor has mean e^`mean`, its logarithm has
/// standard deviation `sd`.
#[inline(always)]
fn location(mean: f64, sd: f64) -> f64 {
    (-0.5 * sd).mul_add(sd, mean)
}

/// Variance that ranking updates add to the logarithm of visits in a month: `rate/12·(s² + (μ − s²/2)²)`. The
/// logarithm of an update's factor has the standard deviation s; the factor has the mean e^μ.
#[inline(always)]
fn variance(rate: f64, sd: f64, mean: f64) -> f64 {
    let location = location(mean, sd);
    rate / STEPS_PER_YEAR * sd.mul_add(sd, location * location)
}

/// Monthly mean factor on visits, `exp(n/12·(e^μ − 1) − a/12)`: by n ranking updates a year with the mean factor e^μ,
/// and by AI answers at the yearly rate a.
#[inline(always)]
fn mean_factor(updates: f64, ai_answers: f64, mean: f64) -> f64 {
    exp(updates / STEPS_PER_YEAR * expm1(mean)) * answered(ai_answers)
}
