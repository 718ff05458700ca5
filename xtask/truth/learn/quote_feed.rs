//! Turns ticks of a market into messages of key-value text with a checksum, as a gateway sends them
//! to its clients.

use truth::Random;

#[derive(Clone, Copy)]
struct Tick {
    instrument: u16,
    bid: u32,
    ask: u32,
    micros: u64,
}

fn ticks(count: usize) -> Vec<Tick> {
    let mut random = Random::new(5);
    let mut prices = vec![1_000_000u32; 200];
    let mut micros = 34_200_000_000;
    (0..count)
        .map(|_| {
            let instrument = random.skewed(prices.len());
            let price = &mut prices[instrument];
            *price = price.wrapping_add(random.below(41) as u32).wrapping_sub(20);
            micros += random.below(200) as u64;
            let ask = *price + 1 + random.below(30) as u32;
            Tick { instrument: instrument as u16, bid: *price, ask, micros }
        })
        .collect()
}

/// Averages by which a tick is known as worth sending.
struct Averages(Vec<[f64; 3]>);

impl Averages {
    fn is_news(&mut self, tick: &Tick) -> bool {
        let [fast, slow, last] = &mut self.0[usize::from(tick.instrument)];
        let middle = f64::from(tick.bid + tick.ask) / 2.0;
        let seconds = tick.micros as f64 / 1e6;
        let passed = seconds - *last;
        *last = seconds;
        *fast += (middle - *fast) * (1.0 - (-passed * 90.0).exp());
        *slow += (middle - *slow) * (1.0 - (-passed * 4.0).exp());
        (*fast - *slow).abs() > 110.0
    }
}

fn price(price: u32) -> String {
    format!("{}.{:04}", price / 10_000, price % 10_000)
}

fn time(micros: u64) -> String {
    let seconds = micros / 1_000_000;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}.{:06}", seconds % 60, micros % 1_000_000)
}

fn message(tick: &Tick, number: u64) -> String {
    let fields = [
        format!("34={number}"),
        format!("52={}", time(tick.micros)),
        format!("55=I{}", tick.instrument),
        format!("132={}", price(tick.bid)),
        format!("133={}", price(tick.ask)),
    ];
    let body = fields.join("|");
    let sum: u32 = body.bytes().map(u32::from).sum();
    format!("9={}|{body}|10={:03}|", body.len(), sum % 256)
}

/// What a client keeps: the last message for each instrument, and a window for sending it again.
struct Window {
    bytes: Vec<u8>,
    sent: usize,
}

impl Window {
    fn send(&mut self, message: &str) {
        if self.bytes.len() + message.len() > 1 << 20 {
            self.bytes.clear();
        }
        self.bytes.extend_from_slice(message.as_bytes());
        self.sent += message.len();
    }
}

fn main() {
    let ticks = ticks(1_000_000);
    let mut window = Window { bytes: Vec::with_capacity(1 << 20), sent: 0 };
    let mut number = 0;
    for _ in 0..14 {
        let mut averages = Averages(vec![[1e6, 1e6, 34_200.0]; 200]);
        for tick in &ticks {
            if averages.is_news(tick) {
                number += 1;
                window.send(&message(tick, number));
            }
        }
    }
    println!("{number} messages, {} bytes", window.sent);
}
