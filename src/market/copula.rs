//! How the surprises of the markets of one month hang together.

/// Copula of the monthly shocks; the margins stay exactly normal under each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Copula {
    /// Correlated normals: no tail dependence below correlation 1.
    #[default]
    Gaussian,
    /// One `χ²_ν` variable stretches all shocks of a month; each margin is mapped back to the
    /// normal by `Φ⁻¹∘F_ν`. Tail dependence `2 t_{ν+1}(−√((ν+1)(1−ρ)/(1+ρ)))`.
    /// Source: Demarta and McNeil (2005), International Statistical Review 73.
    StudentT {
        /// Degrees of freedom ν, 3 … 30.
        dof: u32,
    },
}
