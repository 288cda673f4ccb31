package de.kreissiegel.ra.pages;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The frame of the pages, their scripts, styles and fonts, for a small application that has pages
 * like ours and none of our desks.
 */
@Configuration(proxyBeanMethods = false)
@Import({Assets.class, Frame.class, PagesConfiguration.class})
public class PagesAlone {}
