//! Feeds the positions of a fleet through a socket to a tracker, which smooths them and keeps a
//! ledger of what came.

use std::io::Result;
use std::net::{SocketAddr, UdpSocket};

use truth::Random;

/// Datagrams on their way at any time: what the receiver has room for.
const WINDOW: usize = 64;
const LENGTH: usize = 96;
const SHIPS: usize = 500;

#[derive(Clone, Copy, Default)]
struct Beacon {
    number: u64,
    ship: u32,
    place: [f64; 2],
}

struct Line {
    out: UdpSocket,
    back: UdpSocket,
    address: SocketAddr,
}

impl Line {
    fn new() -> Result<Line> {
        let out = UdpSocket::bind("127.0.0.1:0")?;
        let back = UdpSocket::bind("127.0.0.1:0")?;
        let address = back.local_addr()?;
        Ok(Line { out, back, address })
    }

    fn send(&self, beacons: &[Beacon]) -> Result<()> {
        let mut datagram = [0; LENGTH];
        for beacon in beacons {
            beacon.write(&mut datagram);
            self.out.send_to(&datagram, self.address)?;
        }
        Ok(())
    }

    fn receive(&self, beacons: usize, tracker: &mut Tracker) -> Result<()> {
        let mut datagram = [0; LENGTH];
        for _ in 0..beacons {
            let (length, _) = self.back.recv_from(&mut datagram)?;
            assert_eq!(length, LENGTH);
            tracker.add(&Beacon::read(&datagram));
        }
        Ok(())
    }
}

impl Beacon {
    fn write(&self, datagram: &mut [u8]) {
        datagram[..8].copy_from_slice(&self.number.to_le_bytes());
        datagram[8..12].copy_from_slice(&self.ship.to_le_bytes());
        datagram[16..24].copy_from_slice(&self.place[0].to_le_bytes());
        datagram[24..32].copy_from_slice(&self.place[1].to_le_bytes());
    }

    fn read(datagram: &[u8]) -> Beacon {
        let word = |at: usize| u64::from_le_bytes(datagram[at..at + 8].try_into().unwrap());
        Beacon {
            number: word(0),
            ship: word(8) as u32,
            place: [f64::from_bits(word(16)), f64::from_bits(word(24))],
        }
    }
}

/// The last places of each ship, from which the next is guessed.
struct Tracker {
    tracks: Vec<[[f64; 2]; 160]>,
    seen: u64,
    off: f64,
}

impl Tracker {
    fn add(&mut self, beacon: &Beacon) {
        self.seen += u64::from(beacon.number == self.seen);
        let track = &mut self.tracks[beacon.ship as usize];
        track.rotate_left(1);
        track[159] = beacon.place;
        // A line through the last places, by least squares, newer ones with more weight.
        for axis in 0..2 {
            let (mut n, mut t, mut tt, mut x, mut tx) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (at, place) in track.iter().enumerate() {
                let time = at as f64 - 159.0;
                let weight = (time / 30.0).exp();
                n += weight;
                t += weight * time;
                tt += weight * time * time;
                x += weight * place[axis];
                tx += weight * time * place[axis];
            }
            let slope = (n * tx - t * x) / (n * tt - t * t);
            self.off += ((x - slope * t) / n - beacon.place[axis]).abs();
        }
    }
}

fn main() -> Result<()> {
    let mut random = Random::new(411);
    let line = Line::new()?;
    let mut tracker = Tracker { tracks: vec![[[0.0; 2]; 160]; SHIPS], seen: 0, off: 0.0 };
    let mut places = vec![[0.0f64; 2]; SHIPS];
    let mut beacons = [Beacon::default(); WINDOW];
    for round in 0..3_000u64 {
        for (at, beacon) in beacons.iter_mut().enumerate() {
            let ship = random.below(SHIPS);
            for coordinate in &mut places[ship] {
                *coordinate += random.unit() - 0.4;
            }
            let number = round * WINDOW as u64 + at as u64;
            *beacon = Beacon { number, ship: ship as u32, place: places[ship] };
        }
        line.send(&beacons)?;
        line.receive(WINDOW, &mut tracker)?;
    }
    println!("{} in order, off by {:.3}", tracker.seen, tracker.off);
    Ok(())
}
