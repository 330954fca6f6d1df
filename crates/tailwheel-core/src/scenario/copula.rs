//! Copula of the market shocks: `copula = "gaussian"` or `{ kind = "t", dof = 4 }`.
//!
//! In: a text or an inline table. Out: [`Copula`]. Not here: the correlations (`correlation`).

use crate::choices;
use crate::form::{
    Data, Diagnostic, Faults, Field, Group, Parameter, Preset, Reader, Shape, Table, Unit, Value, fault,
};
use crate::market::Copula;
use crate::parameters;
use crate::units::DegreesOfFreedom;

choices! {
    pub enum Shaped: "kind of copula" {
        Gaussian = "gaussian",
        StudentT = "t",
    }
}

parameters! {
    /// Keys of the inline table of a copula.
    pub struct CopulaKeys {
        /// "gaussian" or "t".
        kind: Shaped = Preset::Required,
        /// Degrees of freedom of a t copula: 3 has the heaviest tails, 30 nearly none.
        dof: Option<DegreesOfFreedom> = Preset::Absent,
    }
}

impl Parameter for Copula {
    const UNIT: Unit = Unit {
        name: "copula",
        examples: &["\"gaussian\"", "{ kind = \"t\", dof = 4 }"],
        shape: Shape::AnyOf(&[Shape::Choice(&["gaussian"]), Shape::Table(CopulaKeys::FIELDS)]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if let Data::Table(table) = &value.data {
            return read_table(table, value, faults);
        }
        match Shaped::read(value, field, faults)? {
            Shaped::Gaussian => Some(Self::Gaussian),
            Shaped::StudentT => faults.refuse(without_dof(value)),
        }
    }

    fn write(&self) -> Option<Value> {
        match self {
            Self::Gaussian => Some(Value::text("gaussian")),
            Self::StudentT { dof } => {
                let dof = DegreesOfFreedom::new(i64::from(*dof)).ok();
                Some(Value::table(CopulaKeys { kind: Shaped::StudentT, dof }.written()))
            }
        }
    }
}

fn read_table(table: &Table, value: &Value, faults: &mut Faults) -> Option<Copula> {
    let before = faults.len();
    let mut reader = Reader::inline(table, value.place, "copula", faults);
    let CopulaKeys { kind, dof } = CopulaKeys::take(&mut reader);
    let is_sound = reader.sound(&["kind", "dof"]);
    if let Some(dof) = dof.filter(|_| is_sound && kind == Shaped::Gaussian) {
        let fault = fault!("copula", "a gaussian copula has no degrees of freedom";
            reader.place_of("dof") => "has no effect here");
        let t = format!("{{ kind = \"t\", dof = {} }}", dof.get());
        reader.push(fault.replace_by(value.place, vec![t, "\"gaussian\"".to_owned()]));
    }
    reader.finish();
    if faults.len() > before {
        return None;
    }
    match (kind, dof) {
        (Shaped::Gaussian, _) => Some(Copula::Gaussian),
        (Shaped::StudentT, Some(dof)) => Some(Copula::StudentT { dof: dof.get() }),
        (Shaped::StudentT, None) => faults.refuse(without_dof(value)),
    }
}

fn without_dof(value: &Value) -> Diagnostic {
    fault!("copula", "a t copula needs `dof`, its degrees of freedom"; value.place => "`dof` is missing")
        .replace(value.place, "{ kind = \"t\", dof = 4 }")
        .rule(DegreesOfFreedom::RULE)
}
