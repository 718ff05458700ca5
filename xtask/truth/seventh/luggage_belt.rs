//! The luggage hall of an airport, replayed: bags come from manifests, get legs and remarks on
//! their way, and leave when they are loaded. Prints what the scales and the belts had to carry.

use truth::{Random, text};

const EVENTS: usize = 3_600_000;
const ROOM: usize = 60_000;
const BELTS: usize = 24;

/// One flight of a bag's journey.
struct Leg {
    flight: String,
    from: u16,
    to: u16,
}

/// What the hall knows of a bag.
struct Bag {
    tag: String,
    owner: String,
    legs: Vec<Leg>,
    remarks: Vec<String>,
    grams: u32,
    belt: usize,
}

#[derive(Default)]
struct Hall {
    bags: Vec<Bag>,
    grams: [u64; BELTS],
    loaded: u64,
    letters: u64,
    transfers: u64,
}

/// Pieces of a long text, as the lines of a manifest are.
struct Manifest<'a> {
    text: &'a str,
    random: Random,
}

impl<'a> Manifest<'a> {
    fn piece(&mut self, least: usize, most: usize) -> &'a str {
        let length = least + self.random.below(most - least);
        let start = self.random.below(self.text.len() - length);
        &self.text[start..start + length]
    }

    fn leg(&mut self) -> Leg {
        let (from, to) = (self.random.below(300) as u16, self.random.below(300) as u16);
        Leg { flight: self.piece(6, 30).to_owned(), from, to }
    }
}

impl Hall {
    fn check_in(&mut self, manifest: &mut Manifest) {
        let belt = manifest.random.below(BELTS);
        let grams = 3_000 + manifest.random.below(29_000) as u32;
        let legs = (0..1 + manifest.random.below(4)).map(|_| manifest.leg()).collect();
        let bag = Bag {
            tag: manifest.piece(10, 14).to_owned(),
            owner: manifest.piece(8, 60).to_owned(),
            legs,
            remarks: Vec::new(),
            grams,
            belt,
        };
        self.grams[belt] += u64::from(grams);
        self.bags.push(bag);
    }

    fn divert(&mut self, manifest: &mut Manifest) {
        let at = manifest.random.below(self.bags.len());
        let bag = &mut self.bags[at];
        if manifest.random.below(3) == 0 && bag.legs.len() < 8 {
            let mut leg = manifest.leg();
            leg.from = bag.legs.last().map_or(leg.from, |last| last.to);
            bag.legs.push(leg);
        } else {
            if bag.remarks.len() == 5 {
                bag.remarks.pop();
            }
            bag.remarks.push(manifest.piece(20, 400).to_owned());
        }
        let belt = manifest.random.below(BELTS);
        self.grams[bag.belt] -= u64::from(bag.grams);
        self.grams[belt] += u64::from(bag.grams);
        bag.belt = belt;
    }

    fn load(&mut self, manifest: &mut Manifest) {
        let at = manifest.random.below(self.bags.len());
        let bag = self.bags.swap_remove(at);
        self.grams[bag.belt] -= u64::from(bag.grams);
        self.loaded += 1;
        self.letters += (bag.tag.len() + bag.owner.len()) as u64;
        self.letters += bag.remarks.iter().map(|remark| remark.len() as u64).sum::<u64>();
        self.letters += bag.legs.iter().map(|leg| leg.flight.len() as u64).sum::<u64>();
        self.transfers += bag.legs.windows(2).filter(|two| two[0].to == two[1].from).count() as u64;
    }
}

fn main() {
    let text = text(40_000, 6_000, 71);
    let mut manifest = Manifest { text: &text, random: Random::new(72) };
    let mut hall = Hall::default();
    let mut heaviest = (0, 0);
    for event in 0..EVENTS {
        let crowded = hall.bags.len() * 100 / ROOM;
        match manifest.random.below(100) {
            dice if dice < 40 => hall.divert(&mut manifest),
            dice if dice < 40 + (60 - crowded.min(100) * 30 / 100) => hall.check_in(&mut manifest),
            _ if hall.bags.len() > 1 => hall.load(&mut manifest),
            _ => hall.check_in(&mut manifest),
        }
        if event % 1_000 == 0 {
            let belt = (0..BELTS).max_by_key(|&belt| hall.grams[belt]).unwrap_or(0);
            heaviest = heaviest.max((hall.grams[belt], belt));
        }
    }
    let Hall { bags, loaded, letters, transfers, .. } = &hall;
    println!("{loaded} bags loaded, {} left, {letters} letters, {transfers} transfers", bags.len());
    println!("belt {} carried {} kg", heaviest.1, heaviest.0 / 1_000);
}
