import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import fine from 'world-atlas/countries-50m.json' with { type: 'json' };
import coarse from 'world-atlas/countries-110m.json' with { type: 'json' };
import type { Atlas, Shapes } from './map.ts';

function shapesOf(topology: unknown): Shapes {
  const { objects } = topology as { readonly objects: { readonly countries: GeometryCollection } };
  return feature(topology as Topology, objects.countries) as Shapes;
}

/** Outlines of the countries, from Natural Earth (public domain), keyed by ISO 3166-1 numeric code. */
export const atlas: Atlas = { fine: shapesOf(fine), coarse: shapesOf(coarse) };
