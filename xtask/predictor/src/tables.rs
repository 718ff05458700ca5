//! A predictor of jumps as today's processors have it, in little: tables of what came next, each
//! looked up by a longer piece of the way that led here, and the longest piece that is known
//! decides. After TAGE, for directions (Seznec and Michaud, "A case for (partially) tagged
//! geometric history length branch prediction", 2006), and ITTAGE, for targets (Seznec, "A 64-Kbytes
//! ITTAGE indirect branch predictor", 2011). One set of tables serves both: a direction is one of
//! two targets.

/// Steps of the way that each table looks back on, in a geometric series.
const LENGTHS: [usize; 8] = [4, 8, 16, 32, 64, 128, 256, 512];
/// Entries of a table, as a power of two.
const INDEX: u32 = 13;
/// Bits by which an entry knows that it is meant.
const TAG: u32 = 12;
/// Steps that are remembered: a power of two above the longest length.
const REMEMBERED: usize = 1024;
/// How sure an entry can be of its target.
const SURE: u8 = 7;
/// Wrong guesses after which what was useful long ago may be replaced.
const AGE: u32 = 1 << 14;

#[derive(Clone, Copy, Default)]
struct Entry {
    tag: u16,
    target: u64,
    sure: u8,
    useful: bool,
}

impl Entry {
    /// A target is replaced once nothing speaks for it any more.
    const fn learn(&mut self, target: u64) {
        if self.target == target {
            self.sure += (self.sure < SURE) as u8;
        } else if self.sure == 0 {
            self.target = target;
        } else {
            // One of two wrong directions would else keep an entry for long.
            self.sure -= if self.sure > 2 { 2 } else { 1 };
        }
    }
}

/// The last steps of the way, folded to a few bits as each of them comes and goes.
#[derive(Clone, Copy, Default)]
struct Folded {
    bits: u64,
}

impl Folded {
    const fn step(&mut self, came: u8, went: u8, length: usize, width: u32) {
        let came = around(came as u64, 0, width);
        let went = around(went as u64, length as u32 % width, width);
        self.bits = around(self.bits, 1, width) ^ came ^ went;
    }
}

/// Bits moved up among the lowest `width`, where they come in again from below.
const fn around(bits: u64, by: u32, width: u32) -> u64 {
    let moved = bits << by;
    (moved ^ (moved >> width)) & ((1 << width) - 1)
}

/// Tables, and the way that led here.
pub struct Predictor {
    base: Vec<Entry>,
    tables: Vec<Vec<Entry>>,
    way: [u8; REMEMBERED],
    at: usize,
    /// For each table: for its index, and two for its tag.
    folded: [[Folded; 3]; LENGTHS.len()],
    wrong: u32,
}

/// Where a table's entry is, and the tag that it must have.
type Place = (usize, u16);

impl Predictor {
    /// Knows nothing yet.
    pub fn new() -> Self {
        let table = || vec![Entry::default(); 1 << INDEX];
        Self {
            base: table(),
            tables: LENGTHS.map(|_| table()).into(),
            way: [0; REMEMBERED],
            at: 0,
            folded: [[Folded::default(); 3]; LENGTHS.len()],
            wrong: 0,
        }
    }

    /// Guesses where the jump at `from` goes, learns that it goes to `to`, and tells whether the
    /// guess was right.
    pub fn guesses(&mut self, from: u64, to: u64) -> bool {
        let places: [Place; LENGTHS.len()] = std::array::from_fn(|table| self.place(from, table));
        let mut known = (0..LENGTHS.len()).rev().filter(|&table| {
            let (index, tag) = places[table];
            self.tables[table][index].tag == tag
        });
        let (provider, next) = (known.next(), known.next());
        let base = spread(from) as usize & ((1 << INDEX) - 1);
        let entry = |table: Option<usize>| {
            table.map_or(self.base[base], |table| self.tables[table][places[table].0])
        };
        let (first, second) = (entry(provider), entry(next));
        // What is new has yet to show that it is better than what was there.
        let guess = if first.sure == 0 { second.target } else { first.target };
        let right = guess == to;
        if first.target != second.target
            && let Some(table) = provider
        {
            self.tables[table][places[table].0].useful = first.target == to;
        }
        match provider {
            Some(table) => self.tables[table][places[table].0].learn(to),
            None => self.base[base].learn(to),
        }
        if first.sure == 0 && provider.is_some() {
            match next {
                Some(table) => self.tables[table][places[table].0].learn(to),
                None => self.base[base].learn(to),
            }
        }
        if first.target != to {
            self.enter(&places, provider.map_or(0, |table| table + 1), to);
        }
        self.step(spread(from ^ to.rotate_left(7)) as u8);
        right
    }

    /// Takes an entry of a longer table that is of no use.
    fn enter(&mut self, places: &[Place], longer: usize, target: u64) {
        self.wrong += 1;
        if self.wrong.is_multiple_of(AGE) {
            self.tables.iter_mut().flatten().for_each(|entry| entry.useful = false);
        }
        // Not always the next one, or many jumps would fight for the shorter tables.
        let skipped = usize::from(spread(u64::from(self.wrong)).is_multiple_of(3));
        let longer = longer + skipped;
        for (table, &(index, tag)) in self.tables.iter_mut().zip(places).skip(longer) {
            let entry = &mut table[index];
            if !entry.useful {
                *entry = Entry { tag, target, sure: 0, useful: false };
                return;
            }
        }
    }

    fn place(&self, from: u64, table: usize) -> Place {
        let [index, tag, other] = self.folded[table].map(|folded| folded.bits);
        let place = spread(from) ^ (spread(from) >> INDEX) ^ index;
        let tag = (spread(from) >> 32) ^ tag ^ (other << 1);
        // No tag is zero: that is an entry which nobody has.
        let tag = (tag & ((1 << TAG) - 1)) as u16 | 1 << TAG;
        (place as usize & ((1 << INDEX) - 1), tag)
    }

    fn step(&mut self, came: u8) {
        self.at = (self.at + 1) % REMEMBERED;
        self.way[self.at] = came;
        for (folded, length) in self.folded.iter_mut().zip(LENGTHS) {
            let went = self.way[(self.at + REMEMBERED - length) % REMEMBERED];
            for (folded, width) in folded.iter_mut().zip([INDEX, TAG, TAG - 1]) {
                folded.step(came, went, length, width);
            }
        }
    }
}

/// All bits of an address in each bit of the result, nearly.
const fn spread(address: u64) -> u64 {
    let mixed = (address ^ (address >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Share of wrong guesses in the second half of a sequence of jumps from one place.
    fn wrong(targets: impl Iterator<Item = u64>) -> f64 {
        let targets: Vec<u64> = targets.collect();
        let mut predictor = Predictor::new();
        let missed = targets.iter().map(|to| !predictor.guesses(0x40_1000, 0x40_1000 + to));
        let missed: Vec<bool> = missed.collect();
        let second = &missed[missed.len() / 2..];
        second.iter().filter(|missed| **missed).count() as f64 / second.len() as f64
    }

    /// Bits of Marsaglia's xorshift.
    fn random() -> impl Iterator<Item = u64> {
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        std::iter::repeat_with(move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state >> 32
        })
    }

    #[test]
    fn what_repeats_is_learned() {
        let steps = 0..20_000_u64;
        assert_eq!(wrong(steps.clone().map(|_| 64)), 0.0, "always the same");
        assert_eq!(wrong(steps.clone().map(|step| step % 2)), 0.0, "in turns");
        assert_eq!(wrong(steps.clone().map(|step| (0b101_1100 >> (step % 7)) & 1)), 0.0);
        for times in [5, 30, 100] {
            let ends = wrong(steps.clone().map(|step| u64::from(step % times == 0)));
            assert!(ends < 0.001, "a loop of {times} is left wrongly in {ends} of its passes");
        }
        assert!(wrong(steps.map(|step| 64 * (step % 5))) < 0.001, "five targets in turns");
    }

    #[test]
    fn what_is_random_is_guessed_as_often_as_chance_has_it() {
        let coin = wrong(random().map(|bits| bits & 1).take(40_000));
        assert!((0.45..0.55).contains(&coin), "{coin}");
        let seldom = wrong(random().map(|bits| u64::from(bits % 10 == 0)).take(40_000));
        assert!((0.09..0.14).contains(&seldom), "{seldom}");
        let four = wrong(random().map(|bits| 64 * (bits % 4)).take(40_000));
        assert!((0.70..0.80).contains(&four), "{four}");
    }

    #[test]
    fn a_loop_longer_than_the_way_that_is_remembered_is_left_wrongly_once() {
        let times = 3_000;
        let ends = wrong((0..60_000_u64).map(|step| u64::from(step % times == 0)));
        assert!((ends * times as f64 - 1.0).abs() < 0.2, "{ends}");
    }
}
