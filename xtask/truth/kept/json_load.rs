//! Loads events from lines of JSON and sums up the duration of each kind of event.

use std::collections::BTreeMap;

use truth::{Random, word};

enum Value {
    Number(f64),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn blanks(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.blanks();
        (self.bytes.get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    fn text(&mut self) -> Option<String> {
        self.take(b'"')?;
        let mut text = Vec::new();
        loop {
            match *self.bytes.get(self.at)? {
                b'"' => break,
                b'\\' => {
                    self.at += 1;
                    text.push(*self.bytes.get(self.at)?);
                }
                byte => text.push(byte),
            }
            self.at += 1;
        }
        self.at += 1;
        String::from_utf8(text).ok()
    }

    fn number(&mut self) -> Option<f64> {
        let from = self.at;
        while self.bytes.get(self.at).is_some_and(|byte| b"-+.eE0123456789".contains(byte)) {
            self.at += 1;
        }
        std::str::from_utf8(&self.bytes[from..self.at]).ok()?.parse().ok()
    }

    fn value(&mut self) -> Option<Value> {
        self.blanks();
        match *self.bytes.get(self.at)? {
            b'"' => self.text().map(Value::Text),
            b'[' => self.list(),
            b'{' => self.object(),
            _ => self.number().map(Value::Number),
        }
    }

    fn list(&mut self) -> Option<Value> {
        self.take(b'[')?;
        let mut list = Vec::new();
        while self.take(b']').is_none() {
            list.push(self.value()?);
            let _ = self.take(b',');
        }
        Some(Value::List(list))
    }

    fn object(&mut self) -> Option<Value> {
        self.take(b'{')?;
        let mut members = Vec::new();
        while self.take(b'}').is_none() {
            let name = self.text()?;
            self.take(b':')?;
            members.push((name, self.value()?));
            let _ = self.take(b',');
        }
        Some(Value::Object(members))
    }
}

fn events(count: usize) -> String {
    let mut random = Random::new(2);
    let mut text = String::new();
    for number in 0..count {
        let (kind, user) = (word(random.skewed(30)), word(random.below(9_000)));
        let micros = random.skewed(1_000_000) as f64 / 8.0;
        let (x, y) = (random.below(1920), random.below(1080));
        text.push_str(&format!(
            "{{\"id\": {number}, \"kind\": \"{kind}\", \"user\": \"{user}\", \
             \"client\": {{\"name\": \"web\", \"version\": \"4.{x}\"}}, \
             \"micros\": {micros}, \"at\": [{x}, {y}]}}\n"
        ));
    }
    text
}

fn sum(value: Value, sums: &mut BTreeMap<String, f64>, spread: &mut [u32; 16]) {
    let Value::Object(members) = value else { return };
    let mut kind = None;
    let mut micros = 0.0;
    for (name, value) in members {
        match (name.as_str(), value) {
            ("kind", Value::Text(text)) => kind = Some(text),
            ("micros", Value::Number(number)) => micros = number,
            ("at", Value::List(list)) => spread[list.len() % 16] += 1,
            _ => {}
        }
    }
    if let Some(kind) = kind {
        *sums.entry(kind).or_default() += micros;
    }
}

fn main() {
    let text = events(120_000);
    let mut sums = BTreeMap::new();
    let mut spread = [0; 16];
    for _ in 0..18 {
        for line in text.lines() {
            let value = Parser { bytes: line.as_bytes(), at: 0 }.value();
            sum(value.expect("a line of JSON"), &mut sums, &mut spread);
        }
    }
    println!("{} kinds, {:.0} us, {:?}", sums.len(), sums.values().sum::<f64>(), &spread[..4]);
}
