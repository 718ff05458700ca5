//! Prepares the letters of a mail-order house: who gets which one, what stands on the label, and
//! which bag it goes into.

use truth::Random;

const CUSTOMERS: usize = 1_000_000;
const LETTERS: usize = 99;

/// What is known of customers, each in the place of its number.
struct Customers {
    names: Vec<String>,
    /// The towns' names, and in which of them each lives.
    towns: Vec<String>,
    homes: Vec<u16>,
    postcodes: Vec<u32>,
    ordered: Vec<bool>,
    agreed: Vec<bool>,
    reachable: Vec<bool>,
}

struct Label {
    postcode: u32,
    at: u32,
}

impl Customers {
    /// Who has ordered or not, agreed, and is to be reached.
    fn chosen(&self, ordered: bool) -> Vec<u32> {
        let flags = self.ordered.iter().zip(&self.agreed).zip(&self.reachable);
        (0..)
            .zip(flags)
            .filter(|(_, ((has, agreed), reachable))| **has == ordered && **agreed && **reachable)
            .map(|(customer, _)| customer)
            .collect()
    }
}

/// As the labels' printer can write it.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ä' => printable.push_str("ae"),
            'ö' => printable.push_str("oe"),
            'ü' => printable.push_str("ue"),
            'ß' => printable.push_str("ss"),
            'é' | 'è' => printable.push('e'),
            _ => printable.push(letter),
        }
    }
    printable
}

/// The digits of a postcode and one that checks them, as bars.
fn bars(postcode: u32) -> u64 {
    const BARS: [u64; 10] = [24, 3, 5, 6, 9, 10, 12, 17, 18, 20];
    let digits = [postcode / 10_000, postcode / 1_000, postcode / 100, postcode / 10, postcode];
    let digits = digits.map(|digits| digits % 10);
    let check = (10 - digits.iter().sum::<u32>() % 10) % 10;
    digits.iter().chain([&check]).fold(1, |bars, &digit| bars << 5 | BARS[digit as usize])
}

/// Writes the labels of a letter and says how full the bags are.
fn labelled(customers: &Customers, chosen: &[u32], sheet: &mut String) -> (usize, u64) {
    let mut labels = Vec::with_capacity(chosen.len());
    sheet.clear();
    for &customer in chosen {
        let customer = customer as usize;
        labels.push(Label { postcode: customers.postcodes[customer], at: sheet.len() as u32 });
        sheet.push_str(&printable(&customers.names[customer]));
        sheet.push('\n');
        let home = usize::from(customers.homes[customer]);
        sheet.push_str(&printable(&customers.towns[home]));
        sheet.push('\n');
    }
    labels.sort_unstable_by_key(|label| (label.postcode, label.at));
    let bags = labels.chunk_by(|a, b| a.postcode / 1_000 == b.postcode / 1_000);
    let fullest = bags.map(<[Label]>::len).max().unwrap_or(0);
    let check = labels.iter().fold(0, |check: u64, label| {
        check.rotate_left(7) ^ bars(label.postcode) ^ u64::from(sheet.as_bytes()[label.at as usize])
    });
    (fullest, check)
}

fn name(random: &mut Random, many: usize) -> String {
    let mut name = truth::word(random.skewed(many));
    match random.below(60) {
        0 => name.push_str("müller"),
        1 => name.push_str("strauß"),
        2 => name.push('é'),
        _ => name.push_str(["son", "hof", " am see", " de la torre"][random.below(4)]),
    }
    name
}

fn customers() -> Customers {
    let mut random = Random::new(58);
    let towns: Vec<String> = (0..9_000).map(|_| name(&mut random, 90_000)).collect();
    let homes: Vec<u16> = (0..CUSTOMERS).map(|_| random.skewed(9_000) as u16).collect();
    let mut flags = |share| (0..CUSTOMERS).map(|_| random.below(100) < share).collect();
    let (ordered, agreed, reachable) = (flags(45), flags(40), flags(55));
    Customers {
        names: (0..CUSTOMERS).map(|_| name(&mut random, 50_000)).collect(),
        postcodes: homes.iter().map(|&town| u32::from(town) * 7919 % 99_000 + 1_000).collect(),
        towns,
        homes,
        ordered,
        agreed,
        reachable,
    }
}

fn main() {
    let customers = customers();
    let mut sheet = String::new();
    let (mut labels, mut fullest, mut check) = (0, 0, 0);
    for letter in 0..LETTERS {
        let chosen = customers.chosen(letter % 3 == 0);
        // A third of them each week.
        let part = chosen.len() / 3;
        let week = &chosen[part * (letter / 3 % 3)..][..part];
        let (bag, sum) = labelled(&customers, week, &mut sheet);
        labels += week.len();
        fullest = fullest.max(bag);
        check ^= sum;
    }
    println!("{labels} labels, {fullest} letters in the fullest bag, check {check:x}");
}
