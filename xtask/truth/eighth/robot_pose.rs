//! A welding robot: its controller follows a seam and tells everybody where its joints are.
//!
//! The controller works tick by tick. Others, here a guard that watches over the fence, look at
//! joints and speeds whenever they like.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use truth::Random;

const JOINTS: usize = 6;
const TICKS: usize = 13_200_000;
const SEAMS: usize = 600;

#[derive(Clone, Copy, Default)]
struct Pose {
    tick: u64,
    angles: [f64; JOINTS],
    speeds: [f64; JOINTS],
}

/// What everybody may see of the robot. Each value is looked at for itself, and is of the last tick
/// or of the one before.
#[derive(Default)]
struct Plate {
    tick: AtomicU64,
    angles: [AtomicU64; JOINTS],
    speeds: [AtomicU64; JOINTS],
}

impl Plate {
    fn show(&self, pose: &Pose) {
        for (shown, angle) in self.angles.iter().zip(pose.angles) {
            shown.store(angle.to_bits(), Ordering::SeqCst);
        }
        for (shown, speed) in self.speeds.iter().zip(pose.speeds) {
            shown.store(speed.to_bits(), Ordering::SeqCst);
        }
        self.tick.store(pose.tick, Ordering::SeqCst);
    }

    fn look(&self) -> Pose {
        let number = |shown: &AtomicU64| f64::from_bits(shown.load(Ordering::SeqCst));
        Pose {
            tick: self.tick.load(Ordering::SeqCst),
            angles: self.angles.each_ref().map(number),
            speeds: self.speeds.each_ref().map(number),
        }
    }
}

/// Points of a seam, as angles of all joints, with the ticks that the way there takes.
struct Seam {
    points: Vec<([f64; JOINTS], u32)>,
}

fn seams(random: &mut Random) -> Vec<Seam> {
    let mut at = [0.0; JOINTS];
    let mut point = |random: &mut Random| {
        for angle in &mut at {
            *angle = (*angle + random.unit() - 0.5).clamp(-2.5, 2.5);
        }
        (at, 200 + random.below(1_600) as u32)
    };
    let count = TICKS / SEAMS / 1_000;
    (0..SEAMS).map(|_| Seam { points: (0..count).map(|_| point(random)).collect() }).collect()
}

/// Each joint is a motor with a spring: pulled to where it should be, and damped.
struct Controller {
    pose: Pose,
    errors: [f64; JOINTS],
    worst: f64,
}

impl Controller {
    fn tick(&mut self, wanted: &[f64; JOINTS]) {
        let Pose { tick, angles, speeds } = &mut self.pose;
        *tick += 1;
        // What the arm weighs pulls at three of the joints.
        let (upper, hand) = (angles[1] + angles[2], angles[1] + angles[2] + angles[4]);
        let weights = [angles[1], upper, hand].map(|angle| 1e-5 * angle.cos());
        for (speed, weight) in speeds[1..].iter_mut().zip(weights) {
            *speed -= weight;
        }
        for joint in 0..JOINTS {
            let error = wanted[joint] - angles[joint];
            self.errors[joint] += error;
            let pull = 0.04 * error - 0.22 * speeds[joint] + 1e-6 * self.errors[joint];
            speeds[joint] += pull.clamp(-0.01, 0.01);
            angles[joint] += speeds[joint];
        }
    }

    /// Follows a seam, and shows each tick's pose.
    fn weld(&mut self, seam: &Seam, plate: &Plate) {
        for (target, ticks) in &seam.points {
            let from = self.pose.angles;
            for passed in 1..=*ticks {
                let part = f64::from(passed) / f64::from(*ticks);
                let wanted =
                    std::array::from_fn(|joint| from[joint] + (target[joint] - from[joint]) * part);
                self.tick(&wanted);
                plate.show(&self.pose);
            }
            let off = (0..JOINTS).map(|joint| (target[joint] - self.pose.angles[joint]).abs());
            self.worst = off.fold(self.worst, f64::max);
        }
    }
}

/// How far the arm reaches, by its three large joints.
fn reach(angles: &[f64; JOINTS]) -> f64 {
    let lower = 0.9 * angles[1].sin();
    let upper = 0.7 * (angles[1] + angles[2]).sin();
    let hand = 0.2 * (angles[1] + angles[2] + angles[4]).sin();
    (lower + upper + hand).abs()
}

/// Looks at the arm now and then until the shift is over.
fn guard(plate: &Plate, over: &AtomicBool) -> bool {
    let mut calm = true;
    let mut last = 0;
    while !over.load(Ordering::Acquire) {
        let pose = plate.look();
        calm &= reach(&pose.angles) < 1.85 && pose.tick >= last;
        last = pose.tick;
        thread::sleep(Duration::from_micros(500));
    }
    calm
}

fn main() {
    let mut random = Random::new(812);
    let seams = seams(&mut random);
    let plate = Arc::new(Plate::default());
    let over = Arc::new(AtomicBool::new(false));
    let watching = {
        let (plate, over) = (plate.clone(), over.clone());
        thread::spawn(move || guard(&plate, &over))
    };

    let mut controller = Controller { pose: Pose::default(), errors: [0.0; JOINTS], worst: 0.0 };
    let mut ends = Vec::new();
    for seam in &seams {
        controller.weld(seam, &plate);
        ends.push(reach(&controller.pose.angles));
    }
    over.store(true, Ordering::Release);
    let calm = watching.join().expect("the guard goes home");

    ends.sort_unstable_by(f64::total_cmp);
    println!("{} ticks, worst error {:.6}, calm: {calm}", plate.look().tick, controller.worst);
    println!("reach at the middle seam's end: {:.6}", ends[ends.len() / 2]);
}
