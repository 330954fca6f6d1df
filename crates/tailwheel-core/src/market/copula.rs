//! Dependence between the monthly shocks of the markets.

/// Copula of the monthly shocks. Every choice keeps each market's shock exactly normal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copula {
    /// Correlated normals, without tail dependence unless the correlation is 1.
    #[default]
    Gaussian,
    /// Student-t dependence: one `χ²_ν` variable per month scales all shocks, then `Φ⁻¹∘F_ν` maps each
    /// margin back to the normal. Tail dependence is `2 t_{ν+1}(−√((ν+1)(1−ρ)/(1+ρ)))`.
    /// Source: Demarta and McNeil (2005), International Statistical Review 73.
    StudentT {
        /// Degrees of freedom ν, 3 … 30.
        dof: u32,
    },
}
