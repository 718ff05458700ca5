//! What is handed over: a tick of a market, or a number.

/// A message that knows where it belongs.
pub trait Message: Copy + Send + Sync {
    /// The message that comes at this place of a line.
    fn new(line: u8, place: u32, content: u32) -> Self;

    /// The line that it came through.
    fn line(&self) -> usize;

    /// How many messages came before it there.
    fn place(&self) -> u64;

    /// All of its content in one number.
    fn sum(&self) -> u64;
}

const PLACE_BITS: u32 = 24;
const CONTENT_BITS: u32 = 32;

/// Line, place and content in the bits of one number.
impl Message for u64 {
    fn new(line: u8, place: u32, content: u32) -> Self {
        assert!(place >> PLACE_BITS == 0, "a line has at most sixteen million numbers");
        (u64::from(line) << PLACE_BITS | u64::from(place)) << CONTENT_BITS | u64::from(content)
    }

    #[inline]
    fn line(&self) -> usize {
        (self >> (PLACE_BITS + CONTENT_BITS)) as usize
    }

    #[inline]
    fn place(&self) -> u64 {
        self >> CONTENT_BITS & ((1 << PLACE_BITS) - 1)
    }

    #[inline]
    fn sum(&self) -> u64 {
        *self
    }
}

/// A change in a market, as long as a cache line, and in one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[repr(C, align(64))]
pub struct Tick {
    place: u64,
    line: u64,
    time: u64,
    instrument: u64,
    bid: u64,
    ask: u64,
    bid_size: u64,
    ask_size: u64,
}

impl Message for Tick {
    fn new(line: u8, place: u32, content: u32) -> Self {
        let content = u64::from(content);
        let bid = 10_000 + content % 1_000;
        Self {
            place: u64::from(place),
            line: u64::from(line),
            time: 1_700_000_000_000_000_000 + 977 * u64::from(place),
            instrument: content >> 20,
            bid,
            ask: bid + 1 + content % 7,
            bid_size: 100 * (1 + content % 50),
            ask_size: 100 * (1 + content % 31),
        }
    }

    #[inline]
    fn line(&self) -> usize {
        self.line as usize
    }

    #[inline]
    fn place(&self) -> u64 {
        self.place
    }

    #[inline]
    fn sum(&self) -> u64 {
        let prices = self.bid.wrapping_add(self.ask << 16);
        let sizes = self.bid_size.wrapping_add(self.ask_size << 24);
        let rest = self.time.wrapping_add(self.instrument << 40).wrapping_add(self.place);
        prices.wrapping_add(sizes).wrapping_add(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two that differ in one field alone are told apart.
    #[test]
    fn a_sum_sees_every_field() {
        let tick = Tick::new(1, 2, 3);
        let others = [
            Tick { place: tick.place ^ 1, ..tick },
            Tick { time: tick.time ^ 1, ..tick },
            Tick { instrument: tick.instrument ^ 1, ..tick },
            Tick { bid: tick.bid ^ 1, ..tick },
            Tick { ask: tick.ask ^ 1, ..tick },
            Tick { bid_size: tick.bid_size ^ 1, ..tick },
            Tick { ask_size: tick.ask_size ^ 1, ..tick },
        ];
        for other in others {
            assert_ne!(other.sum(), tick.sum(), "{other:?}");
        }
    }
}
