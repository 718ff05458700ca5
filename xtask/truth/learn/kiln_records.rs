//! Watches the kilns of a brickworks: records of a few measures are gone through once, all of each
//! is used, and what is found is kept by kiln. Nothing is wrong with it.

use truth::Random;

const RECORDS: usize = 2_000_000;
const KILNS: usize = 64;

struct Record {
    minute: u32,
    kiln: u32,
    degrees: f32,
    draught: f32,
    gas: f32,
    load: f32,
}

#[derive(Clone, Default)]
struct Kiln {
    heat: f64,
    lost: f64,
    last: u32,
    alarms: u32,
}

fn records(random: &mut Random) -> Vec<Record> {
    let record = |minute| Record {
        minute,
        kiln: random.below(KILNS) as u32,
        degrees: 700.0 + 500.0 * random.unit() as f32,
        draught: random.unit() as f32,
        gas: 10.0 * random.unit() as f32,
        load: 1.0 + 30.0 * random.unit() as f32,
    };
    (0..RECORDS as u32).map(record).collect()
}

fn follow(kilns: &mut [Kiln], record: &Record, limit: f32) {
    let kiln = &mut kilns[record.kiln as usize % KILNS];
    let heat = record.gas * 9.8 / record.load;
    let lost = (record.degrees - 20.0) * record.draught * 0.003;
    kiln.heat += f64::from(heat);
    kiln.lost += f64::from(lost);
    kiln.alarms += u32::from(record.degrees > limit && record.minute > kiln.last + 3);
    kiln.last = record.minute;
}

fn main() {
    let mut random = Random::new(624);
    let records = records(&mut random);
    let mut kilns = vec![Kiln::default(); KILNS];
    for limit in 0..40 {
        for record in &records {
            follow(&mut kilns, record, 1000.0 + limit as f32);
        }
    }
    let alarms: u32 = kilns.iter().map(|kiln| kiln.alarms).sum();
    let heat: f64 = kilns.iter().map(|kiln| kiln.heat - kiln.lost).sum();
    println!("{alarms} alarms, {heat:.0}");
}
