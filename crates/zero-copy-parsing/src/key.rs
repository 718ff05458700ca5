//! A short borrowed key: its first sixteen bytes are held as one number, so that hashing and
//! comparing most keys needs no loop and no call.

/// A key to look up: all of it, and its first sixteen bytes, zeros after a shorter one.
#[derive(Clone, Copy)]
pub(crate) struct Key<'a> {
    pub(crate) all: &'a [u8],
    head: u128,
}

impl<'a> Key<'a> {
    /// The key `text[start..end]`: reads sixteen bytes whether or not the key has them, then hides
    /// the surplus.
    #[inline(always)]
    pub(crate) fn within(text: &'a [u8], start: usize, end: usize) -> Self {
        let all = &text[start..end];
        let head = match text[start..].first_chunk() {
            Some(bytes) => {
                let surplus = 16 - all.len().min(16) as u32;
                u128::from_le_bytes(*bytes) & u128::MAX.checked_shr(surplus * 8).unwrap_or(0)
            }
            None => short_head(all),
        };
        Self { all, head }
    }

    /// Folded multiplications, as in wyhash (Wang Yi, 2019).
    #[inline(always)]
    pub(crate) fn hash(&self, secrets: [u64; 2]) -> usize {
        let mix = |hash: u64, part: u128| {
            let (low, high) = (part as u64, (part >> 64) as u64);
            let wide = u128::from(hash ^ low ^ secrets[0]) * u128::from(high ^ secrets[1]);
            wide as u64 ^ (wide >> 64) as u64
        };
        let mut hash = mix(self.all.len() as u64, self.head);
        if self.all.len() > 16 {
            // The last sixteen bytes may overlap the part before, which does no harm.
            let parts = self.all[16..].as_chunks().0.iter().chain(self.all.last_chunk());
            for part in parts.map(|&part| u128::from_le_bytes(part)) {
                hash = mix(hash, part);
            }
        }
        hash as usize
    }

    #[inline(always)]
    pub(crate) fn is(&self, other: Key<'_>) -> bool {
        self.head == other.head
            && self.all.len() == other.all.len()
            && (self.all.len() <= 16 || self.all[16..] == other.all[16..])
    }
}

fn short_head(all: &[u8]) -> u128 {
    let mut bytes = [0; 16];
    let used = all.len().min(16);
    bytes[..used].copy_from_slice(&all[..used]);
    u128::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::export::Export;
    use crate::{input, naive, survey};

    /// As good as any.
    const SECRETS: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9];

    fn key(all: &str) -> Key<'_> {
        Key::within(all.as_bytes(), 0, all.len())
    }

    /// Of `n` keys in a table of `m` slots, chance alone puts `m (1 - (1 - 1/m)^n)` into slots of
    /// their own. A hash that says less gives the same answers, only later: no other test knows.
    fn spreads(what: &str, keys: &[String]) {
        let room = (keys.len() * 4).next_power_of_two();
        let slot = |all: &String| key(all).hash(SECRETS) & (room - 1);
        let slots = keys.iter().map(slot).collect::<HashSet<_>>().len() as f64;
        let room = room as f64;
        let by_chance = room * (1.0 - (1.0 - 1.0 / room).powi(keys.len() as i32));
        assert!(slots > 0.9 * by_chance, "{what}: {} in {slots}, not {by_chance}", keys.len());
    }

    #[test]
    fn keys_of_exports_spread_over_the_table() {
        let orders = |key| Export { key, ..input(5_000, 1) };
        for export in [orders(1), orders(2), orders(3), survey(5_000, 1)] {
            let keys: Vec<String> =
                naive::sums(&export).groups.into_iter().map(|group| group.key).collect();
            assert!(keys.len() > 80, "{} keys", keys.len());
            spreads("an export", &keys);
        }
    }

    /// As invoices are: wherever the number stands, and whatever is around it.
    #[test]
    fn keys_that_differ_in_one_place_spread_over_the_table() {
        for (before, after) in [(0, 0), (4, 0), (8, 4), (0, 30), (12, 12), (20, 20), (40, 0)] {
            let (before, after) = ("-".repeat(before), "x".repeat(after));
            let key = |number: u32| format!("{before}{number:04}{after}");
            spreads("invoices", &(0..2_000).map(key).collect::<Vec<_>>());
        }
        // Zeros behind a key are not the key.
        spreads(
            "lengths",
            &(0..16).map(|zeros| format!("a{}", "\0".repeat(zeros))).collect::<Vec<_>>(),
        );
    }

    /// A factor that is known can be made zero, and with it the hash of any number of keys.
    #[test]
    fn both_secrets_are_in_every_hash() {
        for length in [0, 1, 8, 9, 16, 17, 32, 40] {
            let all = "k".repeat(length);
            let hash = |secrets| key(&all).hash(secrets);
            assert_ne!(hash(SECRETS), hash([SECRETS[0], 0]), "{length} bytes");
            assert_ne!(hash(SECRETS), hash([0, SECRETS[1]]), "{length} bytes");
        }
    }
}
