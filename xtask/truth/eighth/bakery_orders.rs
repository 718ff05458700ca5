//! A bakery's night: orders go through dough, oven and packing, and each step is accounted for.
//!
//! The night shift wants to know what is late and what each oven did; the journal has it.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Mutex;

use truth::{Random, word};

const ORDERS: usize = 400_000;
const RECIPES: usize = 90;
const OVENS: usize = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Detail,
    Note,
    Alarm,
}

/// The shift's journal: lines, and numbers under names.
struct Journal {
    least: Weight,
    lines: Mutex<Vec<String>>,
    numbers: Mutex<HashMap<String, u64>>,
}

impl Journal {
    fn new(least: Weight) -> Journal {
        Journal { least, lines: Mutex::default(), numbers: Mutex::default() }
    }

    fn say(&self, minute: f64, weight: Weight, line: String) {
        let line = format!("{:02}:{:05.2} {weight:?} {line}", minute as u32 / 60, minute % 60.0);
        if weight >= self.least {
            self.lines.lock().expect("no panic").push(line);
        }
    }

    fn count(&self, name: &str, label: &str, of: impl fmt::Display, amount: u64) {
        let mut numbers = self.numbers.lock().expect("no panic");
        *numbers.entry(format!("{name}{{{label}={of}}}")).or_default() += amount;
    }
}

#[derive(Debug)]
struct Recipe {
    name: String,
    minutes: f64,
    degrees: f64,
    flour: f64,
}

#[derive(Debug)]
struct Order {
    number: usize,
    recipe: usize,
    loaves: u32,
    due: f64,
}

struct Oven {
    free: f64,
    degrees: f64,
    baked: u64,
}

struct Shift {
    recipes: Vec<Recipe>,
    ovens: Vec<Oven>,
    journal: Journal,
    humidity: f64,
}

impl Shift {
    /// How long the dough must rest: flour takes up water, slowly, as warm as it is.
    fn knead(&mut self, order: &Order, minute: f64) -> f64 {
        let recipe = &self.recipes[order.recipe];
        let flour = recipe.flour * f64::from(order.loaves);
        let mut water = 0.0;
        let mut rest = 0.0;
        while water < 0.62 * flour && rest < 90.0 {
            water += (0.62 * flour - water) * 0.06 * (1.0 + self.humidity) + 0.004 * flour;
            rest += 1.0;
        }
        self.humidity = (self.humidity * 0.999 + 0.001 * (rest / 60.0)).clamp(0.0, 1.0);
        self.journal.say(minute, Weight::Detail, format!("kneaded {order:?} for {rest} minutes"));
        self.journal.count("flour", "recipe", &recipe.name, flour as u64);
        minute + rest
    }

    /// The oven that is ready first, heated up or cooled down.
    fn bake(&mut self, order: &Order, minute: f64) -> f64 {
        let recipe = &self.recipes[order.recipe];
        let ready =
            |oven: &Oven| oven.free.max(minute) + (oven.degrees - recipe.degrees).abs() / 8.0;
        let number =
            (0..OVENS).min_by(|&a, &b| ready(&self.ovens[a]).total_cmp(&ready(&self.ovens[b])));
        let number = number.expect("an oven");
        let begin = ready(&self.ovens[number]);
        let oven = &mut self.ovens[number];
        // The crust: heat goes inwards through many layers.
        let mut crumb = [24.0; 28];
        let mut minutes = 0.0;
        while crumb[27] < 60.0 && minutes < 2.0 * recipe.minutes {
            let mut outer = recipe.degrees;
            for layer in &mut crumb {
                *layer += (outer - *layer) * 0.4;
                outer = *layer;
            }
            minutes += 0.5;
        }
        oven.free = begin + minutes / 40.0;
        oven.degrees = recipe.degrees;
        oven.baked += u64::from(order.loaves);
        let (free, name) = (oven.free, &recipe.name);
        let line = format!("oven {number} took {} loaves of {name} until {free:.2}", order.loaves);
        self.journal.say(begin, Weight::Detail, line);
        self.journal.count("loaves", "oven", number, u64::from(order.loaves));
        self.journal.count("loaves", "recipe", name, u64::from(order.loaves));
        free
    }

    fn pack(&mut self, order: &Order, minute: f64) -> bool {
        let boxes = order.loaves.div_ceil(8);
        let ready = minute + f64::from(boxes) * 0.02;
        let late = ready > order.due;
        self.journal.count("boxes", "late", late, u64::from(boxes));
        self.journal.say(ready, Weight::Detail, format!("packed {order:?} into {boxes} boxes"));
        if ready > order.due + 400.0 {
            let line = format!("order {} is {:.0} minutes late", order.number, ready - order.due);
            self.journal.say(ready, Weight::Alarm, line);
        } else if late && order.loaves > 50 {
            self.journal.say(ready, Weight::Note, format!("order {} is late", order.number));
        }
        late
    }
}

fn main() {
    let mut random = Random::new(804);
    let recipe = |number| Recipe {
        name: word(number),
        minutes: 20.0 + random.below(40) as f64,
        degrees: 180.0 + random.below(70) as f64,
        flour: 0.3 + random.unit(),
    };
    let recipes = (0..RECIPES).map(recipe).collect();
    let oven = |_| Oven { free: 0.0, degrees: 200.0, baked: 0 };
    let ovens = (0..OVENS).map(oven).collect();
    let journal = Journal::new(Weight::Note);
    let mut shift = Shift { recipes, ovens, journal, humidity: 0.4 };

    let mut late = 0;
    for number in 0..ORDERS {
        let minute = number as f64 * 0.1;
        let order = Order {
            number,
            recipe: random.skewed(RECIPES),
            loaves: 1 + random.skewed(60) as u32,
            due: minute + 30.0 + random.below(300) as f64,
        };
        let rested = shift.knead(&order, minute);
        let baked = shift.bake(&order, rested);
        late += u32::from(shift.pack(&order, baked));
    }

    let lines = shift.journal.lines.into_inner().expect("no panic");
    let numbers: BTreeMap<_, _> =
        shift.journal.numbers.into_inner().expect("no panic").into_iter().collect();
    let loaves: u64 = shift.ovens.iter().map(|oven| oven.baked).sum();
    println!("{late} of {ORDERS} late, {loaves} loaves, {} lines", lines.len());
    for (name, number) in numbers.iter().take(12) {
        println!("{name}: {number}");
    }
    println!("last: {}", lines.last().map_or("", String::as_str));
}
