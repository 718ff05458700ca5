//! What arrives and what is decided about it: shared by all rungs, since it is not the lesson.

/// Something that is traded.
#[derive(Debug, Clone)]
pub struct Instrument {
    /// One to eight ASCII letters.
    pub symbol: String,
    /// The same in a fixed width, with zeros behind it.
    pub padded: [u8; 8],
    /// What the price should be near, in ten-thousandths.
    pub reference: u32,
    /// How near, in ten-thousandths.
    pub band: u32,
    /// The largest order that may be sent.
    pub most: u32,
}

/// The best bid and the best ask of an instrument, as they arrive. All prices are whole numbers of
/// ten-thousandths: money is not stored in floating point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// Microseconds since midnight at which it was received; less than a day.
    pub received: u64,
    /// Number of the message that an answer would be.
    pub sequence: u32,
    /// Microseconds since the exchange sent it.
    pub age: u32,
    /// Highest price that somebody pays.
    pub bid: u32,
    /// Lowest price that somebody takes.
    pub ask: u32,
    /// How many are wanted at the bid.
    pub bid_size: u32,
    /// How many are offered at the ask.
    pub ask_size: u32,
    /// Position in the table of instruments.
    pub instrument: u16,
}

/// What to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// `1` buys, `2` sells, as the protocol has it.
    pub side: u8,
    /// How many.
    pub quantity: u32,
    /// In ten-thousandths.
    pub price: u32,
}

/// Ticks in the order of their arrival.
#[derive(Debug, Clone)]
pub struct Feed {
    /// All that is traded.
    pub instruments: &'static [Instrument],
    /// What arrives.
    pub ticks: Vec<Tick>,
}

/// A cent.
const STEP: u32 = 100;
/// Between a narrower bid and ask nothing can be earned.
const LEAST_SPREAD: u32 = 2 * STEP;

impl Instrument {
    /// # Panics
    /// If the symbol has more than eight bytes.
    pub fn new(symbol: String, reference: u32, band: u32, most: u32) -> Self {
        let mut padded = [0; 8];
        padded[..symbol.len()].copy_from_slice(symbol.as_bytes());
        Self { symbol, padded, reference, band, most }
    }
}

impl Tick {
    /// Steps in front of whoever waits on the longer side; nothing if the spread is too narrow.
    #[inline]
    pub fn decide(&self) -> Option<Order> {
        if self.bid < self.ask && self.ask - self.bid < LEAST_SPREAD {
            return None;
        }
        Some(if self.bid_size > self.ask_size {
            let price = self.bid.saturating_add(STEP);
            Order { side: b'1', quantity: self.bid_size / 4 + 1, price }
        } else {
            let price = self.ask.saturating_sub(STEP);
            Order { side: b'2', quantity: self.ask_size / 4 + 1, price }
        })
    }
}

impl Feed {
    /// Each tick that is worth an answer, the answer, and what is traded.
    pub fn orders(&self) -> Orders<'_> {
        Orders { ticks: self.ticks.iter(), instruments: self.instruments }
    }
}

/// What is worth an answer.
#[derive(Debug)]
pub struct Orders<'a> {
    ticks: std::slice::Iter<'a, Tick>,
    instruments: &'static [Instrument],
}

impl<'a> Iterator for Orders<'a> {
    type Item = (&'a Tick, Order, &'static Instrument);

    /// One copy of it for all rungs: inlined, it was a loop of a dozen instructions in each, and
    /// those differed in speed by where the linker put them.
    #[inline(never)]
    fn next(&mut self) -> Option<Self::Item> {
        let (tick, order) = self.ticks.find_map(|tick| Some((tick, tick.decide()?)))?;
        Some((tick, order, &self.instruments[usize::from(tick.instrument)]))
    }
}
