import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-50m.json' with { type: 'json' };
import type { Shapes } from './map.ts';

const topology: unknown = atlas;
const { objects } = topology as { readonly objects: { readonly countries: GeometryCollection } };

/** Outlines of the countries, from Natural Earth (public domain), keyed by ISO 3166-1 numeric code. */
export const countries = feature(topology as Topology, objects.countries) as Shapes;
