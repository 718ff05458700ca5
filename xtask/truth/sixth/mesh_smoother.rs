//! Smooths scanned surfaces: from the triangles of each piece it finds which of them meet at a
//! corner, works out the direction of the surface there, and moves corners toward their neighbours.

use truth::Random;

type Point = [f32; 3];

struct Mesh {
    corners: Vec<Point>,
    triangles: Vec<[u32; 3]>,
}

/// A piece of surface with some holes, as a scanner hands it over: triangles in no order.
fn scan(side: usize, seed: u64) -> Mesh {
    let mut random = Random::new(seed);
    let height = |x: f32, y: f32| (x * 0.13).sin() * 4.0 + (y * 0.21).cos() * 3.0;
    let corner = |at: usize| {
        let (x, y) = ((at % side) as f32, (at / side) as f32);
        [x, y, height(x, y) + random.unit() as f32 * 0.5]
    };
    let corners: Vec<Point> = (0..side * side).map(corner).collect();
    let mut triangles = Vec::new();
    for y in 0..side - 1 {
        for x in 0..side - 1 {
            if random.below(30) > 0 {
                let at = (y * side + x) as u32;
                let below = at + side as u32;
                triangles.push([at, at + 1, below]);
                triangles.push([at + 1, below + 1, below]);
            }
        }
    }
    for at in (1..triangles.len()).rev() {
        triangles.swap(at, random.below(at + 1));
    }
    Mesh { corners, triangles }
}

fn minus(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn cross(a: Point, b: Point) -> Point {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn unit(a: Point) -> Point {
    let length = (a[0] * a[0] + a[1] * a[1] + a[2] * a[2]).sqrt().max(1e-9);
    a.map(|value| value / length)
}

/// Which triangles meet at each corner.
fn meeting(mesh: &Mesh) -> Vec<Vec<u32>> {
    let mut meeting = vec![Vec::new(); mesh.corners.len()];
    for (number, triangle) in mesh.triangles.iter().enumerate() {
        for &corner in triangle {
            meeting[corner as usize].push(number as u32);
        }
    }
    meeting
}

/// The direction of each triangle, as long as it is large.
fn faces(mesh: &Mesh) -> Vec<Point> {
    let face = |&[a, b, c]: &[u32; 3]| {
        let [a, b, c] = [a, b, c].map(|corner| mesh.corners[corner as usize]);
        cross(minus(b, a), minus(c, a))
    };
    mesh.triangles.iter().map(face).collect()
}

/// The direction of the surface at each corner.
fn directions(meeting: &[Vec<u32>], faces: &[Point]) -> Vec<Point> {
    let direction = |triangles: &Vec<u32>| {
        let mut sum = [0.0; 3];
        for &triangle in triangles {
            let face = faces[triangle as usize];
            sum = [sum[0] + face[0], sum[1] + face[1], sum[2] + face[2]];
        }
        unit(sum)
    };
    meeting.iter().map(direction).collect()
}

/// Each corner moves along its direction to where the others of its triangles are.
fn relax(mesh: &mut Mesh, directions: &[Point], sums: &mut Vec<[f32; 4]>) {
    sums.clear();
    sums.resize(mesh.corners.len(), [0.0; 4]);
    for triangle in &mesh.triangles {
        let [a, b, c] = triangle.map(|corner| mesh.corners[corner as usize]);
        let centre = [a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2]];
        for &corner in triangle {
            let sum = &mut sums[corner as usize];
            *sum = [sum[0] + centre[0], sum[1] + centre[1], sum[2] + centre[2], sum[3] + 3.0];
        }
    }
    for ((corner, sum), direction) in mesh.corners.iter_mut().zip(sums).zip(directions) {
        if sum[3] > 0.0 {
            let target = [sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]];
            let way = minus(target, *corner);
            let along = way[0] * direction[0] + way[1] * direction[1] + way[2] * direction[2];
            for axis in 0..3 {
                corner[axis] += direction[axis] * along * 0.5;
            }
        }
    }
}

fn roughness(faces: &[Point], directions: &[Point], mesh: &Mesh) -> f64 {
    let bend = |(face, triangle): (&Point, &[u32; 3])| {
        let face = unit(*face);
        let direction = directions[triangle[0] as usize];
        f64::from(1.0 - face[0] * direction[0] - face[1] * direction[1] - face[2] * direction[2])
    };
    faces.iter().zip(&mesh.triangles).map(bend).sum::<f64>() / faces.len() as f64
}

fn main() {
    let mut sums = Vec::new();
    let (mut before, mut after) = (0.0, 0.0);
    for piece in 0..24 {
        let mut mesh = scan(260, piece);
        let meeting = meeting(&mesh);
        for round in 0..2 {
            let faces = faces(&mesh);
            let directions = directions(&meeting, &faces);
            let rough = roughness(&faces, &directions, &mesh);
            if round == 0 {
                before += rough;
            }
            relax(&mut mesh, &directions, &mut sums);
            after += rough / 2.0;
        }
    }
    println!("roughness {before:.5}, then {after:.5}");
}
