//! Entries by name, as a record holds its cases.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::check::shown;

/// Reads entries of which no name stands twice: JSON allows that, and the last would win.
pub(crate) fn once<'de, D, T>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Named<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Named<T> {
        type Value = BTreeMap<String, T>;

        fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
            f.write_str("entries by name")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut known = BTreeMap::new();
            while let Some((name, entry)) = entries.next_entry::<String, T>()? {
                if known.contains_key(&name) {
                    return Err(A::Error::custom(format!("`{}` is there twice", shown(&name))));
                }
                known.insert(name, entry);
            }
            Ok(known)
        }
    }

    deserializer.deserialize_map(Named(PhantomData))
}
