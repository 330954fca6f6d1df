//! Serialization of track ids in parts: a quantity is stored by its name, which this version must know.

use crate::record::quantities;
use crate::stage::TrackId;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

pub fn serialize<S: Serializer>(id: &TrackId, into: S) -> Result<S::Ok, S::Error> {
    (id.quantity(), id.world() as u8, id.object()).serialize(into)
}

pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<TrackId, D::Error> {
    let (name, world, asset) = <(String, u8, Option<u16>)>::deserialize(from)?;
    known(&name, world, asset).ok_or_else(|| D::Error::custom("no quantity of this version"))
}

/// Id of the quantity called `name` in run `world` (0 with agents, 1 without), of the object numbered `object` (such
/// as an asset) if given; `None` if this version has no quantity of that name.
pub fn known(name: &str, world: u8, object: Option<u16>) -> Option<TrackId> {
    let quantity = quantities().find(|quantity| *quantity == name)?;
    let id = TrackId::of(quantity).in_world(world);
    Some(object.map_or(id, |object| id.of_object(object)))
}
