//! Sends each reading of a plant's gauges to a collector, which keeps the mean and the extremes of
//! every gauge.

use std::net::UdpSocket;

use truth::Random;

struct Reading {
    gauge: u32,
    value: f32,
}

#[derive(Clone, Default)]
struct Gauge {
    count: u32,
    sum: f64,
    least: f32,
    most: f32,
}

fn encode(reading: &Reading, smooth: f32) -> [u8; 12] {
    let mut bytes = [0; 12];
    bytes[..4].copy_from_slice(&reading.gauge.to_le_bytes());
    bytes[4..8].copy_from_slice(&reading.value.to_le_bytes());
    bytes[8..].copy_from_slice(&smooth.to_le_bytes());
    bytes
}

fn keep(gauges: &mut [Gauge], bytes: &[u8]) {
    let word = |at: usize| [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
    let gauge = &mut gauges[u32::from_le_bytes(word(0)) as usize];
    let value = f32::from_le_bytes(word(4));
    gauge.count += 1;
    gauge.sum += f64::from(value);
    gauge.least = gauge.least.min(value);
    gauge.most = gauge.most.max(value);
}

fn main() -> std::io::Result<()> {
    let collector = UdpSocket::bind("127.0.0.1:0")?;
    let sender = UdpSocket::bind("127.0.0.1:0")?;
    sender.connect(collector.local_addr()?)?;
    let mut random = Random::new(321);
    let mut gauges = vec![Gauge::default(); 400];
    let mut smooth = vec![0.0f32; gauges.len()];
    let mut buffer = [0; 64];
    for _ in 0..500_000 {
        let gauge = random.below(gauges.len()) as u32;
        // Noise as the sum of many small causes.
        let value = (0..60).map(|_| random.unit() as f32).sum::<f32>() - 30.0;
        let before = &mut smooth[gauge as usize];
        *before += (value - *before) / 8.0;
        sender.send(&encode(&Reading { gauge, value }, *before))?;
        let length = collector.recv(&mut buffer)?;
        keep(&mut gauges, &buffer[..length]);
    }
    let sum: f64 = gauges.iter().map(|gauge| gauge.sum / f64::from(gauge.count.max(1))).sum();
    let most = gauges.iter().map(|gauge| gauge.most - gauge.least).fold(0.0, f32::max);
    println!("{sum:.4}, {most:.4}");
    Ok(())
}
