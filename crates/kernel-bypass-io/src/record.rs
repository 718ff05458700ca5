//! The records of an index: what each holds is known from its number, and so is what to check.

/// Bytes of a record, and of a page of the system's cache.
pub const BYTES: usize = 4096;

/// Where a record lies: aligned, since a disk that writes past the page cache wants it so.
#[derive(Debug, Clone, PartialEq, Eq)]
#[repr(C, align(4096))]
pub struct Record(pub [u8; BYTES]);

impl Record {
    /// Room for a record.
    pub const EMPTY: Self = Self([0; BYTES]);

    /// The record with this number. No two words of an index are alike.
    pub fn of(number: u32) -> Self {
        let mut record = Self::EMPTY;
        for (at, word) in record.0.as_chunks_mut::<8>().0.iter_mut().enumerate() {
            *word = mixed(u64::from(number) << 9 | at as u64).to_le_bytes();
        }
        record
    }
}

/// As one run of bytes.
pub fn bytes(records: &mut [Record]) -> &mut [u8] {
    // SAFETY: `Record` is an array of bytes and nothing else, without padding, since its size is
    // its alignment.
    unsafe { std::slice::from_raw_parts_mut(records.as_mut_ptr().cast(), records.len() * BYTES) }
}

/// SplitMix64: one to one, and no bit of the outcome hangs on a few of the input alone.
fn mixed(at: u64) -> u64 {
    let mut word = at.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    word = (word ^ word >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ word >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ word >> 31
}

const LANES: usize = 8;

/// Fletcher's checksum of each record, over words and in lanes: a sum says what is there, the sum
/// of sums in which order. It is the least that a program does with what it reads.
///
/// # Panics
/// If there is a part of a record at the end.
pub fn checksums(records: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let (whole, rest) = records.as_chunks::<BYTES>();
    assert!(rest.is_empty(), "{} bytes are no records", records.len());
    whole.iter().map(checksum)
}

fn checksum(record: &[u8; BYTES]) -> u64 {
    let (mut sums, mut order) = ([0_u64; LANES], [0_u64; LANES]);
    for words in record.as_chunks::<{ 8 * LANES }>().0 {
        for (lane, word) in words.as_chunks::<8>().0.iter().enumerate() {
            sums[lane] = sums[lane].wrapping_add(u64::from_le_bytes(*word));
            order[lane] = order[lane].wrapping_add(sums[lane]);
        }
    }
    let lanes = sums.into_iter().chain(order);
    lanes.fold(0, |hash: u64, lane| {
        (hash.rotate_left(23) ^ lane).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(record: &Record) -> u64 {
        checksums(&record.0).next().unwrap()
    }

    #[test]
    fn every_byte_and_its_place_is_in_the_checksum() {
        let record = Record::of(7);
        let expected = sum(&record);
        for at in 0..BYTES {
            let mut other = record.clone();
            other.0[at] ^= 1;
            assert_ne!(sum(&other), expected, "byte {at}");
            // The next word is in another lane, the one eight words on in the same.
            for there in [8, 64].map(|by| (at + by) % BYTES) {
                let mut other = record.clone();
                other.0.swap(at, there);
                let alike = record.0[at] == record.0[there];
                assert_eq!(sum(&other) == expected, alike, "bytes {at} and {there}");
            }
        }
    }

    #[test]
    fn records_differ_and_are_always_the_same() {
        let mut sums: Vec<u64> = (0..10_000).map(|number| sum(&Record::of(number))).collect();
        assert_eq!(sums[0], sum(&Record::of(0)));
        sums.sort_unstable();
        sums.dedup();
        assert_eq!(sums.len(), 10_000);
        assert_ne!(Record::of(0).0[..8], Record::of(0).0[8..16]);
    }

    /// The first that SplitMix64 gives from a seed of zero, as its authors' code does.
    #[test]
    fn words_are_those_of_splitmix() {
        let words = [0xE220_A839_7B1D_CDAF_u64, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F];
        assert_eq!(Record::of(0).0[..24], *words.map(u64::to_le_bytes).as_flattened());
    }

    #[test]
    fn records_are_bytes_one_behind_the_other() {
        let mut records = vec![Record::of(3), Record::of(4)];
        let expected = [Record::of(3).0, Record::of(4).0].concat();
        assert_eq!(bytes(&mut records), expected);
        let sums: Vec<u64> = checksums(&expected).collect();
        assert_eq!(sums, [sum(&records[0]), sum(&records[1])]);
    }
}
