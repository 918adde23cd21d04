import {
  type GeoProjection,
  geoArea,
  geoCentroid,
  geoConicConformal,
  geoNaturalEarth1,
  geoPath,
} from 'd3-geo';
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { Severity } from '../../result/result.ts';
import type { PlaceRow } from '../story/place.ts';
import { type Coordinates, type Point, pointOfCity } from './coordinates.ts';

export type Shapes = FeatureCollection<Polygon | MultiPolygon>;
export type View = 'europe' | 'world';

/** Countries for a map of Europe, and coarser ones for a map of the world. */
export interface Atlas {
  readonly fine: Shapes;
  readonly coarse: Shapes;
}

export interface MapMarker {
  readonly x: number;
  readonly y: number;
  readonly numbers: readonly number[];
  readonly label: string;
  /** Where the label stands; null when the map is too crowded for it. */
  readonly labelAt: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' } | null;
  /** Drawn on its country: the town is not known. */
  readonly isCountry: boolean;
  readonly findings: number;
  readonly worst: Severity | null;
}

export interface MapFigure {
  readonly view: View;
  readonly width: number;
  readonly height: number;
  /** SVG path of every country without data. */
  readonly land: string;
  readonly holding: string;
  readonly markers: readonly MapMarker[];
  /** Places that this view does not reach. */
  readonly offMap: number;
}

interface Located {
  readonly row: PlaceRow;
  readonly point: Point;
  readonly isCountry: boolean;
}

const size = { europe: { width: 760, height: 560 }, world: { width: 760, height: 390 } } as const;
const labelled = 14;
const near = { europe: 20, world: 28 } as const;

/** The maps that a set of places needs: Europe when one is there, the world when one is elsewhere. */
export function drawMaps(
  rows: readonly PlaceRow[],
  { fine, coarse }: Atlas,
  coordinates: Coordinates,
): readonly MapFigure[] {
  const located = rows.flatMap((row) => locate(row, fine, coordinates));
  const europe = located.filter(({ point }) => inEurope(point));
  const held = new Set(
    rows.flatMap(({ countries }) => countries).flatMap((code) => coordinates.numeric[code] ?? []),
  );
  if (located.length === 0) return held.size > 0 ? [draw('europe', [], 0, fine, held)] : [];
  return [
    ...(europe.length > 0 ? [draw('europe', europe, located.length - europe.length, fine, held)] : []),
    ...(europe.length < located.length ? [draw('world', located, 0, coarse, held)] : []),
  ];
}

function inEurope([longitude, latitude]: Point): boolean {
  return longitude > -25 && longitude < 45 && latitude > 33 && latitude < 72;
}

function locate(row: PlaceRow, shapes: Shapes, coordinates: Coordinates): readonly Located[] {
  const { countries } = row;
  if (row.number === null) return [];
  return countries.flatMap((code): readonly Located[] => {
    const town = countries.length === 1 ? pointOfCity(coordinates, code, row.city) : null;
    const point = town ?? coordinates.territories[code] ?? middleOf(shapes, coordinates.numeric[code]);
    return point ? [{ row, point, isCountry: town === null }] : [];
  });
}

/** The middle of the largest part of a country: France's is not in the Atlantic. */
function middleOf(shapes: Shapes, id: string | undefined): Point | null {
  const found = shapes.features.find((feature) => id !== undefined && String(feature.id) === id);
  if (!found) return null;
  const parts = found.geometry.type === 'Polygon' ? [found.geometry.coordinates] : found.geometry.coordinates;
  const polygons = parts.map((coordinates): Polygon => ({ type: 'Polygon', coordinates }));
  const [largest] = polygons.sort((a, b) => geoArea(b) - geoArea(a));
  return largest ? geoCentroid(largest) : null;
}

function projectionOf(view: View, located: readonly Located[]): GeoProjection {
  const { width, height } = size[view];
  if (view === 'world')
    return geoNaturalEarth1()
      .fitExtent(
        [
          [4, 4],
          [width - 4, height - 4],
        ],
        { type: 'Sphere' },
      )
      .clipExtent([
        [0, 0],
        [width, height],
      ]);
  const corners: Point[] = [
    [-9.5, 37],
    [-9, 58],
    [24, 37],
    [25, 59],
  ];
  const framed = {
    type: 'MultiPoint' as const,
    coordinates: [...corners, ...located.map(({ point }) => point)].map(([x, y]) => [x, y]),
  };
  return geoConicConformal()
    .rotate([-10, 0])
    .parallels([38, 60])
    .fitExtent(
      [
        [28, 28],
        [width - 28, height - 28],
      ],
      framed,
    )
    .clipExtent([
      [-2, -2],
      [width + 2, height + 2],
    ]);
}

function draw(
  view: View,
  located: readonly Located[],
  offMap: number,
  shapes: Shapes,
  held: ReadonlySet<string>,
): MapFigure {
  const { width, height } = size[view];
  const projection = projectionOf(view, located);
  const path = geoPath(projection).digits(view === 'world' ? 1 : 0);
  const features = view === 'world' ? shapes.features : shapes.features.filter(isNearEurope);
  const isHeld = (feature: Feature): boolean => held.has(String(feature.id));
  const pathOf = (features: Shapes['features']): string =>
    path({ type: 'FeatureCollection', features }) ?? '';
  return {
    view,
    width,
    height,
    offMap,
    land: pathOf(features.filter((feature) => !isHeld(feature))),
    holding: pathOf(features.filter(isHeld)),
    markers: placeLabels(cluster(located, projection, near[view]), width, height),
  };
}

/** Whether a country can be seen on the map of Europe: the rest of the world costs time and draws nothing. */
function isNearEurope({ geometry }: Shapes['features'][number]): boolean {
  const rings = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return rings.some((polygon) => polygon[0]?.some(([x = 0, y = 0]) => x > -45 && x < 70 && y > 15 && y < 85));
}

type Unlabelled = Omit<MapMarker, 'labelAt'>;

/** Places closer than a marker's size share one. */
function cluster(
  located: readonly Located[],
  projection: GeoProjection,
  distance: number,
): readonly Unlabelled[] {
  const markers: { x: number; y: number; rows: PlaceRow[]; isCountry: boolean }[] = [];
  for (const { row, point, isCountry } of located) {
    const at = projection([point[0], point[1]]);
    if (!at) continue;
    const [x, y] = at.map((value) => Math.round(value * 10) / 10) as [number, number];
    const close = markers.find((marker) => Math.hypot(marker.x - x, marker.y - y) < distance);
    if (close) {
      close.rows.push(row);
      close.isCountry &&= isCountry;
    } else markers.push({ x, y, rows: [row], isCountry });
  }
  const order: readonly (Severity | null)[] = ['critical', 'high', 'medium', 'low', 'info', null];
  return markers.map(({ x, y, rows, isCountry }) => ({
    x,
    y,
    isCountry,
    numbers: rows.flatMap(({ number }) => number ?? []),
    label: [...new Set(rows.map(({ label }) => label))].join(', '),
    findings: rows.reduce((sum, { findings }) => sum + findings, 0),
    worst: order.find((one) => rows.some(({ worst }) => worst === one)) ?? null,
  }));
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Labels beside their markers, right or left, where they cover nothing; none when there are too many to read. */
function placeLabels(markers: readonly Unlabelled[], width: number, height: number): readonly MapMarker[] {
  if (markers.length > labelled) return markers.map((marker) => ({ ...marker, labelAt: null }));
  const reach = ({ numbers }: Pick<MapMarker, 'numbers'>): number => (numbers.length > 1 ? 25 : 16);
  const taken: Box[] = markers.map(({ x, y, numbers }) => ({
    left: x - reach({ numbers }),
    right: x + reach({ numbers }),
    top: y - 14,
    bottom: y + 14,
  }));
  return markers.map((marker) => {
    // The table names them all; a label of three names covers a sea.
    if (marker.numbers.length > 2) return { ...marker, labelAt: null };
    const length = Math.min(marker.label.length, 40) * 9.2;
    const options = [0, -22, 22].flatMap((shift) => [
      { x: marker.x + reach(marker) + 2, y: marker.y + 5 + shift, anchor: 'start' as const },
      { x: marker.x - reach(marker) - 2, y: marker.y + 5 + shift, anchor: 'end' as const },
    ]);
    for (const labelAt of options) {
      const left = labelAt.anchor === 'start' ? labelAt.x : labelAt.x - length;
      const box = { left, right: left + length, top: labelAt.y - 14, bottom: labelAt.y + 5 };
      const inside = box.left > 2 && box.right < width - 2 && box.top > 2 && box.bottom < height - 2;
      if (!inside || taken.some((other) => overlaps(box, other))) continue;
      taken.push(box);
      return { ...marker, labelAt };
    }
    return { ...marker, labelAt: null };
  });
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}
